import type { ContractProblem } from '../../core/errors.js';
import { toPointer } from '../../core/pointer.js';
import { isNode } from './schema-places.js';

type Node = Record<string, unknown>;

const data = new Set(['example', 'examples', 'value', 'default', 'const', 'enum', 'x-async-task', 'x-side-endpoint']);
const maps = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];
const single = ['items', 'not', 'if', 'then', 'else', 'contains', 'propertyNames', 'additionalProperties'];
const lists = ['allOf', 'oneOf', 'anyOf', 'prefixItems'];

/** Every schema of a document by its pointer, those within others included. */
export function schemasOf(document: unknown): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  const schema = (value: unknown, pointer: string) => {
    if (!isNode(value)) return;
    found.set(pointer, value);
    const below = (...names: string[]) => pointer + toPointer(names);
    for (const key of single) schema(value[key], below(key));
    for (const key of maps)
      for (const [name, member] of Object.entries(isNode(value[key]) ? value[key] : {}))
        schema(member, below(key, name));
    for (const key of lists)
      for (const [index, entry] of Object.entries(Array.isArray(value[key]) ? value[key] : []))
        schema(entry, below(key, index));
  };
  const walk = (value: unknown, pointer: string) => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, member] of Object.entries(value)) {
      const at = pointer + toPointer([key]);
      if (key === 'schema' || pointer === '/components/schemas') schema(member, at);
      else if (!data.has(key)) walk(member, at);
    }
  };
  walk(document, '');
  return found;
}

const bounds = [
  ['minimum', 'maximum'],
  ['exclusiveMinimum', 'maximum'],
  ['minimum', 'exclusiveMaximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return typeOf(value) === type;
}

/** What no value could ever satisfy. */
function contradictions(pointer: string, schema: Node): ContractProblem[] {
  const problems: ContractProblem[] = [];
  for (const [least, most] of bounds) {
    const [from, to] = [schema[least], schema[most]];
    const isEmpty =
      least.startsWith('exclusive') || most.startsWith('exclusive') ? 'must lie below' : 'must not exceed';
    if (typeof from !== 'number' || typeof to !== 'number') continue;
    if (isEmpty === 'must lie below' ? from >= to : from > to)
      problems.push({ pointer: `${pointer}/${least}`, message: `is ${from}, but ${isEmpty} ${most}, which is ${to}` });
  }
  const { type, enum: values, required, properties, additionalProperties, patternProperties } = schema;
  const types = [type].flat().filter((one) => one !== undefined);
  if (Array.isArray(values)) {
    if (values.length === 0) problems.push({ pointer: `${pointer}/enum`, message: 'is empty: no value is allowed' });
    values.forEach((value: unknown, index) => {
      if (types.length > 0 && !types.some((one) => isOfType(value, one)))
        problems.push({
          pointer: `${pointer}/enum/${index}`,
          message: `is ${JSON.stringify(value)}, which is no ${types.join(' or ')}`,
        });
    });
  }
  const known = isNode(properties) ? Object.keys(properties) : [];
  if (Array.isArray(required) && additionalProperties === false && patternProperties === undefined)
    required.forEach((name: unknown, index) => {
      if (!known.includes(String(name)))
        problems.push({
          pointer: `${pointer}/required/${index}`,
          message: `${String(name)} is required and not allowed: additionalProperties is false, and properties are ${known.join(', ') || 'none'}`,
        });
    });
  return problems;
}

export function contradictionProblems(schemas: ReadonlyMap<string, Node>): ContractProblem[] {
  return [...schemas].flatMap(([pointer, schema]) => contradictions(pointer, schema));
}
