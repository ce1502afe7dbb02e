import type { Contract } from '../contract/contract.js';
import { resolve } from '../contract/operations.js';
import { type Json, pointerTokens, toPointer } from '../core/pointer.js';

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The schema that a JSON pointer of the contract means, references followed; undefined where there is none. */
function schemaAt(contract: Contract, schemaPointer: string): Schema | undefined {
  const { value } = resolve(contract.document, schemaPointer);
  return isSchema(value) ? value : undefined;
}

function step(contract: Contract, pointer: string, token: string): string | undefined {
  const { pointer: at, value } = resolve(contract.document, pointer);
  if (!isSchema(value)) return undefined;
  if (isSchema(value['properties']) && Object.hasOwn(value['properties'], token))
    return at + toPointer(['properties', token]);
  if (/^\d+$/.test(token) && value['items'] !== undefined) return `${at}/items`;
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const branches = value[keyword];
    if (!Array.isArray(branches)) continue;
    for (let index = 0; index < branches.length; index += 1) {
      const found = step(contract, `${at}/${keyword}/${index}`, token);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The schema of one place of a body; in alternatives, the first that knows the place. */
export function propertySchema(contract: Contract, bodySchema: string, place: string): Schema | undefined {
  let at: string | undefined = bodySchema;
  for (const token of pointerTokens(place)) at = at === undefined ? undefined : step(contract, at, token);
  return at === undefined ? undefined : schemaAt(contract, at);
}

/** The values that a schema lists, with those of its alternatives; empty where it lists none. */
export function listedValues(contract: Contract, schema: Schema | undefined): Json[] {
  if (schema === undefined) return [];
  if ('const' in schema) return [schema['const'] as Json];
  if (Array.isArray(schema['enum'])) return schema['enum'] as Json[];
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    return branches.flatMap((branch: unknown) => {
      const target = isSchema(branch) && typeof branch['$ref'] === 'string' ? branch['$ref'].slice(1) : undefined;
      const value = target === undefined ? branch : schemaAt(contract, decodeURIComponent(target));
      return isSchema(value) ? listedValues(contract, value) : [];
    });
  }
  return [];
}

/** The value that takes effect when nothing is sent, or the first that may be sent; undefined where none is known. */
export function fillIn(contract: Contract, schema: Schema | undefined, assumed: Json | undefined): Json | undefined {
  const byDefault = schema?.['default'] as Json | undefined;
  return byDefault ?? assumed ?? listedValues(contract, schema)[0];
}
