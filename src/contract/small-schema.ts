import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from '../core/pointer.js';

/** Loaded with the first condition that has to be compiled: it is a large part of starting up. */
let ajv: Ajv2020 | undefined;

function compiler(): Ajv2020 {
  if (ajv !== undefined) return ajv;
  const library = createRequire(import.meta.url)('ajv/dist/2020.js') as { Ajv2020: typeof Ajv2020 };
  ajv = new library.Ajv2020({ strict: false, logger: false });
  return ajv;
}

const compiled = new WeakMap<object, ValidateFunction>();

/** Whether a body satisfies one of the small schemas of a task block, such as those of `ignore`. */
export function satisfies(schema: unknown, body: Json): boolean {
  if (schema === null || typeof schema !== 'object') return schema !== false;
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = compiler().compile(schema);
    compiled.set(schema, validate);
  }
  return validate(body) === true;
}
