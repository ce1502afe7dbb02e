import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from '../core/pointer.js';

const ajv = new Ajv2020({ strict: false, logger: false });
const compiled = new WeakMap<object, ValidateFunction>();

/** Whether a body satisfies one of the small schemas of a task block, such as those of `ignore`. */
export function satisfies(schema: unknown, body: Json): boolean {
  if (schema === null || typeof schema !== 'object') return schema !== false;
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  return validate(body) === true;
}
