import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from '../../src/core/pointer.js';

const ajv = new Ajv2020({ strict: false, logger: false });
const compiled = new WeakMap<object, ValidateFunction>();

/** Whether a body breaks one of the small schemas that say when a parameter has no effect. */
export function violatesSchema(schema: unknown, body: Json): boolean {
  if (schema === null || typeof schema !== 'object') return schema === false;
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  return !validate(body);
}
