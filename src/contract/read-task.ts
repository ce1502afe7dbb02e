import { toPointer } from '../core/pointer.js';
import { asyncTaskSchema } from './async-task.js';
import type { ReadTask } from './operations.js';

function isNode(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Validates a block against the schema of `x-async-task`; `like` takes over the block of another operation. */
export const readTask: ReadTask = (pointer, raw, blocks, problems) => {
  let block = raw;
  if (isNode(raw) && typeof raw['like'] === 'string') {
    const base = blocks.get(raw['like']);
    if (!isNode(base)) {
      problems.push({ pointer: `${pointer}/like`, message: `names no operation with x-async-task: ${raw['like']}` });
      return undefined;
    }
    const { like: _, ...own } = raw;
    block = { ...base, ...own };
  }
  const parsed = asyncTaskSchema.safeParse(block);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    problems.push({ pointer: pointer + toPointer(issue.path.map(String)), message: issue.message });
  return undefined;
};
