import type { Json } from '../../core/pointer.js';
import { type Property, type SchemaNode, typeOf } from '../schema.js';
import type { BrokenValue } from './broken-values.js';

/** A value of each JSON type, in words; those that have had their turn come first in `wrongTypes`. */
const ofEachType: readonly (readonly [types: readonly string[], value: Json, what: string])[] = [
  [['boolean'], true, 'is true'],
  [['number'], 7, 'is a number'],
  [['string'], 'proofsheet', 'is a text'],
  [['array'], [], 'is an empty list'],
  [['array'], ['proofsheet'], 'is a list'],
  [['object'], {}, 'is an empty object'],
  [['object'], { value: 'proofsheet' }, 'is an object'],
];

function typesOf(keywords: SchemaNode): readonly string[] {
  const type = keywords['type'];
  const types = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
  return types.flatMap((one) => (one === 'integer' ? ['integer', 'number'] : [one]));
}

function typical(type: string | undefined): readonly (readonly [value: Json, what: string])[] {
  switch (type) {
    case 'integer':
      return [
        ['1', 'is a number in quotes'],
        [1.5, 'is a fraction'],
      ];
    case 'number':
      return [['1', 'is a number in quotes']];
    case 'string':
      return [[7, 'is a number instead of a text']];
    case 'boolean':
      return [['true', 'is a truth value in quotes']];
    case 'array':
      return [['https://example.com/reference.png', 'is a text instead of a list']];
    case 'object':
      return [['proofsheet', 'is a text instead of an object']];
    default:
      return [];
  }
}

/** The other types of JSON: first the likeliest mistake, then each of the rest. */
export function wrongTypes({ keywords, required }: Pick<Property, 'keywords' | 'required'>): BrokenValue[] {
  const types = typesOf(keywords);
  if (types.length === 0) return [];
  const keyword = 'type';
  const first = Array.isArray(keywords['type']) ? [] : typical(typeOf(keywords));
  const others = ofEachType.filter(([of, value]) => {
    if (of.some((type) => types.includes(type))) return false;
    return !first.some(
      ([taken]) => typeof taken === typeof value && !Array.isArray(value) && typeof value !== 'object',
    );
  });
  const nothing: BrokenValue[] = types.includes('null')
    ? []
    : [{ keyword, value: null, what: 'is null', more: true, ...(required ? {} : { lenient: true as const }) }];
  return [
    ...first.map(([value, what]): BrokenValue => ({ keyword, value, what })),
    ...nothing,
    ...others.map(([, value, what]): BrokenValue => ({ keyword, value, what, more: true })),
  ];
}
