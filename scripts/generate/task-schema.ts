import type { Generated } from '../generate.js';

/** The `x-async-task` block as JSON Schema. */
export async function taskSchema(): Promise<Generated[]> {
  const { asyncTaskJsonSchema } = await import('../../src/contract/json-schema.js');
  return [['docs/x-async-task.schema.json', `${JSON.stringify(asyncTaskJsonSchema(), null, 2)}\n`]];
}
