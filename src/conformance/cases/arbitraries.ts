import type { Arbitrary } from 'fast-check';
import type { Contract, SubmitOperation } from '../../contract/contract.js';
import type { Violation } from '../../contract/validators.js';
import { getAt, type Json, toPointer, withAt, withoutAt } from '../../core/pointer.js';
import { bodySchema, minimalBody } from '../requests.js';
import { itemsOf, type Property, propertiesOf, typeOf } from '../schema.js';
import { bodyReader } from './form-value.js';
import { isClamped, isIgnored, openReading } from './negatives.js';

type FastCheck = typeof import('fast-check');

/** A body with what was done to it. */
export interface DrawnBody {
  readonly body: Json;
  /** JSON pointer of the one place that was spoiled; empty for a legal body. */
  readonly pointer: string;
  /** Completes "a request …". */
  readonly what: string;
  readonly facts: readonly string[];
}

/** Letters of several scripts, of one to four bytes, that belong into any prompt. */
const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789éßøñжλעبあ猫塔강𝒳🌊'];
const longestText = 60;
const mostEntries = 6;

function textOf(fc: FastCheck, { keywords }: Property): Arbitrary<Json> {
  if (keywords['format'] === 'uri') {
    const name = fc.string({ unit: fc.constantFrom(...'abcdefghij0123456789'), minLength: 1, maxLength: 12 });
    return name.map((text) => `https://example.com/${text}.png`);
  }
  const least = Math.max(1, Number(keywords['minLength'] ?? 1));
  const most = Math.max(least, Math.min(longestText, Number(keywords['maxLength'] ?? longestText)));
  return fc.string({ unit: fc.constantFrom(...letters), minLength: least, maxLength: most });
}

function valuesFor(fc: FastCheck, document: unknown, property: Property, depth = 0): Arbitrary<Json> | undefined {
  const { keywords, schema } = property;
  if ('const' in keywords) return fc.constant(keywords['const'] as Json);
  if (Array.isArray(keywords['enum'])) return fc.constantFrom(...(keywords['enum'] as Json[]));
  const bounded = { min: Number(keywords['minimum'] ?? 1), max: Number(keywords['maximum'] ?? 4) };
  switch (typeOf(keywords)) {
    case 'string':
      return textOf(fc, property);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return bounded.min <= bounded.max ? fc.integer(bounded) : undefined;
    case 'number':
      return bounded.min <= bounded.max ? fc.double({ ...bounded, noNaN: true }) : undefined;
    case 'array': {
      const item = depth < 3 ? itemsOf(document, schema) : undefined;
      const entry = item === undefined ? undefined : valuesFor(fc, document, item, depth + 1);
      const minLength = Number(keywords['minItems'] ?? 0);
      const maxLength = Math.max(minLength, Math.min(mostEntries, Number(keywords['maxItems'] ?? mostEntries)));
      return entry === undefined ? undefined : fc.array(entry, { minLength, maxLength }).map((list): Json => list);
    }
    default:
      return undefined;
  }
}

/** Parameters that would make somebody else work: callbacks go out, streams paint. */
function isLeftOut({ task }: SubmitOperation, pointer: string): boolean {
  const { callback, stream, partialImages, count } = task.request;
  return [callback, stream, partialImages, count].includes(pointer);
}

/** What many servers take, and no page forbids in so many words. */
function isLenient(value: unknown, violations: readonly Violation[]): boolean {
  return value === '' || violations.every(({ keyword }) => keyword === 'format' || keyword === 'not');
}

export interface Drawn {
  readonly legal: Arbitrary<DrawnBody>;
  readonly illegal: Arbitrary<DrawnBody>;
}

/**
 * Random bodies of an operation, by its request schema. Legal ones are legal by construction: what a rule between fields
 * does not allow is taken out again. Illegal ones are legal but for exactly one place. Undefined where the smallest
 * request cannot be made.
 */
export function drawnBodies(fc: FastCheck, contract: Contract, operation: SubmitOperation): Drawn | undefined {
  const schema = bodySchema(operation);
  const minimal = minimalBody(contract, operation, 'A plain test picture');
  if (schema === undefined || minimal === undefined) return undefined;
  const read = bodyReader(contract, operation);
  const violationsOf = (body: Json) => contract.violations(schema, read(body));
  const properties = propertiesOf(contract.document, schema);
  const members = properties.flatMap((property): [string, Arbitrary<Json | undefined>][] => {
    const pointer = toPointer([property.name]);
    const value = isLeftOut(operation, pointer) ? undefined : valuesFor(fc, contract.document, property);
    if (value === undefined) return [];
    return [[property.name, property.required ? value : fc.option(value, { nil: undefined })]];
  });
  /** Takes out, field by field from behind, what does not go with the rest. */
  const mend = (drawn: Readonly<Record<string, Json | undefined>>): Json => {
    let body = minimal;
    for (const [name, value] of Object.entries(drawn)) {
      if (value === undefined) continue;
      const more = withAt(body, toPointer([name]), value);
      if (violationsOf(more).length === 0) body = more;
    }
    return body;
  };
  const legalBody = fc.record(Object.fromEntries(members)).map(mend);
  const legal = legalBody.map((body) => ({
    body,
    pointer: '',
    what: 'with a random legal body',
    facts: operation.facts,
  }));
  const strange: Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json[]>(true, false, {}, []),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ maxLength: 12 }),
    fc.dictionary(fc.constantFrom('a', 'value', 'url'), fc.integer(), { maxKeys: 2 }).map((one): Json => one),
    fc.array(fc.oneof(fc.integer(), fc.string({ maxLength: 5 })), { maxLength: 3 }).map((one): Json => one),
  );
  const places = properties.map(({ name }) => toPointer([name]));
  const spoiled = fc
    .tuple(legalBody, fc.constantFrom(...places), fc.option(strange, { nil: undefined, freq: 8 }))
    .map(([body, pointer, value]) => {
      const changed = value === undefined ? withoutAt(body, pointer) : withAt(body, pointer, value);
      return { body: changed, pointer, violations: violationsOf(changed) };
    })
    .filter(({ body, pointer, violations }) => {
      const value = getAt(body, pointer);
      const isOwn = violations.every((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
      return violations.length > 0 && isOwn && !isClamped(operation, pointer, value) && value !== null;
    })
    .filter(({ body, pointer }) => !isIgnored(contract, operation, pointer, body));
  const illegal = spoiled.map(({ body, pointer, violations }) => ({
    body,
    pointer,
    what: `whose ${pointer} is ${getAt(body, pointer) === undefined ? 'left out' : 'random and not allowed'}`,
    facts: isLenient(getAt(body, pointer), violations)
      ? [openReading]
      : [...new Set(violations.flatMap(({ facts }) => facts))],
  }));
  return { legal, illegal };
}
