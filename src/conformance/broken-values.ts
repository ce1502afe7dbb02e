import type { Json } from '../core/pointer.js';
import { isNode, type Property, type SchemaNode, sampleValue, typeOf } from './schema.js';

/** A value that is meant to break one keyword of one property. */
export interface BrokenValue {
  readonly keyword: string;
  /** Undefined: the property is left out. */
  readonly value: Json | undefined;
  /** In words that follow the property: `is missing`. */
  readonly what: string;
}

function ascii(length: number): string {
  return 'a long proofsheet prompt '.repeat(Math.ceil(length / 25)).slice(0, length);
}

function wrongTypes(keywords: SchemaNode): BrokenValue[] {
  const one = (value: Json, what: string): BrokenValue => ({ keyword: 'type', value, what });
  switch (Array.isArray(keywords['type']) ? undefined : typeOf(keywords)) {
    case 'integer':
      return [one('1', 'is a number in quotes'), one(1.5, 'is a fraction')];
    case 'number':
      return [one('1', 'is a number in quotes')];
    case 'string':
      return [one(7, 'is a number instead of a text')];
    case 'boolean':
      return [one('true', 'is a truth value in quotes')];
    case 'array':
      return [one('https://example.com/reference.png', 'is a text instead of a list')];
    case 'object':
      return [one('proofsheet', 'is a text instead of an object')];
    default:
      return [];
  }
}

function outOfBounds(keywords: SchemaNode): BrokenValue[] {
  const found: BrokenValue[] = [];
  const bound = (keyword: string, make: (limit: number) => Json | undefined, what: string) => {
    const limit = keywords[keyword];
    const value = typeof limit === 'number' ? make(limit) : undefined;
    if (value !== undefined) found.push({ keyword, value, what: `${what} ${limit}` });
  };
  bound('minimum', (limit) => Math.floor(limit) - 1, 'lies below');
  bound('maximum', (limit) => Math.ceil(limit) + 1, 'lies above');
  bound('exclusiveMinimum', (limit) => limit, 'is not above');
  bound('exclusiveMaximum', (limit) => limit, 'is not below');
  bound('maxLength', (limit) => (limit > 200_000 ? undefined : ascii(limit + 1)), 'is longer than');
  bound('minLength', (limit) => (limit < 1 ? undefined : ascii(limit - 1)), 'is shorter than');
  return found;
}

function wrongLists(document: unknown, property: Property): BrokenValue[] {
  const { keywords, schema } = property;
  if (!isNode(keywords['items'])) return [];
  const sample = sampleValue(document, schema);
  const entry = Array.isArray(sample) ? (sample[0] ?? null) : null;
  const found: BrokenValue[] = [{ keyword: 'items', value: [7], what: 'holds an entry of the wrong type' }];
  const most = keywords['maxItems'];
  const least = keywords['minItems'];
  if (typeof most === 'number' && most < 1000)
    found.push({
      keyword: 'maxItems',
      value: Array.from({ length: most + 1 }, (_, index) =>
        typeof entry === 'string' ? entry.replace('reference', `reference-${index + 1}`) : entry,
      ),
      what: `has more than ${most} entries`,
    });
  if (typeof least === 'number' && least > 0)
    found.push({
      keyword: 'minItems',
      value: Array.from({ length: least - 1 }, () => entry),
      what: `has fewer than ${least} entries`,
    });
  return found;
}

/** Values that break what a property's own schema says, one keyword at a time. */
export function brokenValues(document: unknown, property: Property): BrokenValue[] {
  const { keywords } = property;
  const found = [...wrongTypes(keywords), ...outOfBounds(keywords), ...wrongLists(document, property)];
  if (property.required) found.unshift({ keyword: 'required', value: undefined, what: 'is missing' });
  if (Array.isArray(keywords['enum'])) {
    const numeric = keywords['enum'].every((entry) => typeof entry === 'number');
    found.push({ keyword: 'enum', value: numeric ? 7919 : 'not-listed', what: 'is not one of the listed values' });
  }
  if ('const' in keywords) found.push({ keyword: 'const', value: 'not-listed', what: 'is not the only allowed value' });
  if (typeof keywords['pattern'] === 'string')
    found.push({ keyword: 'pattern', value: '!', what: 'does not have the documented form' });
  return found;
}
