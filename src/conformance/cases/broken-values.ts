import { type Json, toPointer, withAt, withoutAt } from '../../core/pointer.js';
import {
  alternativesOf,
  isBinary,
  isNode,
  itemsOf,
  type Property,
  propertiesOf,
  type SchemaNode,
  sampleValue,
  typeOf,
} from '../schema.js';
import { nearMisses } from './near-misses.js';

/** A value that is meant to break one keyword of one property. */
export interface BrokenValue {
  readonly keyword: string;
  /** Undefined: the property is left out. */
  readonly value: Json | undefined;
  /** In words that follow the property: `is missing`. */
  readonly what: string;
  /** Another way to break a keyword that is broken already; left out of a sample. */
  readonly more?: true;
  /** Many servers take it without harm, and no page says that they must not. */
  readonly lenient?: true;
}

/** Nested schemas are broken down to this depth. */
const deepest = 3;
/** Longer texts and lists than this are left to those who mean them. */
const longest = 200_000;
const mostEntries = 1000;

function ascii(length: number): string {
  return 'a long proofsheet prompt '.repeat(Math.ceil(length / 25)).slice(0, length);
}

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

function wrongTypes({ keywords, required }: Pick<Property, 'keywords' | 'required'>): BrokenValue[] {
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

function outOfBounds(keywords: SchemaNode): BrokenValue[] {
  const found: BrokenValue[] = [];
  const bound = (
    keyword: string,
    what: string,
    make: (limit: number) => Json | undefined,
    far?: (limit: number) => Json | undefined,
  ) => {
    const limit = keywords[keyword];
    if (typeof limit !== 'number') return;
    const [value, further] = [make(limit), far?.(limit)];
    if (value !== undefined) found.push({ keyword, value, what: `${what} ${limit}` });
    if (further !== undefined) found.push({ keyword, value: further, what: `${what} ${limit} by far`, more: true });
  };
  const text = (length: number) => (length < 0 || length > longest ? undefined : ascii(length));
  bound(
    'minimum',
    'lies below',
    (limit) => Math.floor(limit) - 1,
    (limit) => limit - 1_000_000,
  );
  bound(
    'maximum',
    'lies above',
    (limit) => Math.ceil(limit) + 1,
    () => 1e15,
  );
  bound(
    'exclusiveMinimum',
    'is not above',
    (limit) => limit,
    (limit) => limit - 1_000_000,
  );
  bound(
    'exclusiveMaximum',
    'is not below',
    (limit) => limit,
    () => 1e15,
  );
  bound(
    'maxLength',
    'is longer than',
    (limit) => text(limit + 1),
    (limit) => text(limit * 10),
  );
  bound('minLength', 'is shorter than', (limit) => text(limit - 1));
  bound('multipleOf', 'is no multiple of', (limit) => limit * 1.5);
  return found;
}

/** So many entries like the sample, each with an address of its own. */
export function entriesLike(sample: Json, length: number): Json[] {
  return Array.from({ length }, (_, index) =>
    typeof sample === 'string' ? sample.replace('reference', `reference-${index + 1}`) : sample,
  );
}

function wrongLists(document: unknown, { keywords, schema }: Property, depth: number): BrokenValue[] {
  if (!isNode(keywords['items'])) return [];
  const sample = sampleValue(document, schema);
  const entry = Array.isArray(sample) ? (sample[0] ?? null) : null;
  const found: BrokenValue[] = [];
  if (!isBinary(document, schema)) {
    const item = itemsOf(document, schema);
    const broken = depth < deepest && item !== undefined ? brokenValues(document, item, depth + 1) : [];
    found.push({ keyword: 'items', value: [7], what: 'holds an entry of the wrong type' });
    for (const one of broken) {
      if (one.value === undefined) continue;
      found.push({ ...one, value: [one.value], what: `holds an entry that ${one.what}`, more: true });
    }
    const [first] = broken;
    if (first?.value !== undefined)
      found.push({
        ...first,
        value: [entry, first.value],
        what: `holds a second entry that ${first.what}`,
        more: true,
      });
  }
  const { maxItems: most, minItems: least } = keywords;
  if (typeof most === 'number' && most < mostEntries) {
    found.push({ keyword: 'maxItems', value: entriesLike(entry, most + 1), what: `has more than ${most} entries` });
    if (most < 100)
      found.push({
        keyword: 'maxItems',
        value: entriesLike(entry, most * 4),
        what: `has far more than ${most} entries`,
        more: true,
      });
  }
  if (typeof least === 'number' && least > 0)
    found.push({ keyword: 'minItems', value: entriesLike(entry, least - 1), what: `has fewer than ${least} entries` });
  if (keywords['uniqueItems'] === true)
    found.push({ keyword: 'uniqueItems', value: [entry, entry], what: 'holds one entry twice' });
  return found;
}

function wrongMembers(document: unknown, { keywords, schema }: Property, depth: number): BrokenValue[] {
  if (typeOf(keywords) !== 'object' || depth >= deepest) return [];
  const whole = sampleValue(document, schema);
  const members = propertiesOf(document, schema).flatMap((member) =>
    brokenValues(document, member, depth + 1).map((broken): BrokenValue => {
      const pointer = toPointer([member.name]);
      const value = broken.value === undefined ? withoutAt(whole, pointer) : withAt(whole, pointer, broken.value);
      return { ...broken, value, what: `has a ${member.name} that ${broken.what}` };
    }),
  );
  return keywords['additionalProperties'] === false
    ? [
        ...members,
        {
          keyword: 'additionalProperties',
          value: withAt(whole, '/proofsheet_unknown', 1),
          what: 'has a field that is not listed',
        },
      ]
    : members;
}

function wrongWords({ keywords }: Property): BrokenValue[] {
  const found: BrokenValue[] = [];
  const listed = keywords['enum'];
  if (Array.isArray(listed)) {
    const numeric = listed.every((entry) => typeof entry === 'number');
    found.push({ keyword: 'enum', value: numeric ? 7919 : 'not-listed', what: 'is not one of the listed values' });
    for (const miss of nearMisses(listed as Json[])) found.push({ keyword: 'enum', ...miss, more: true });
  }
  if ('const' in keywords) found.push({ keyword: 'const', value: 'not-listed', what: 'is not the only allowed value' });
  if (typeof keywords['pattern'] === 'string')
    found.push({ keyword: 'pattern', value: '!', what: 'does not have the documented form' });
  return found;
}

/** Addresses that are none, and one of a kind of file that pages exclude. That they are refused is said nowhere. */
function wrongForms({ keywords }: Property): BrokenValue[] {
  if (typeOf(keywords) !== 'string') return [];
  const found: BrokenValue[] = [];
  const add = (keyword: string, value: Json, what: string) =>
    found.push({ keyword, value, what, more: true, lenient: true });
  if (keywords['format'] === 'uri') {
    add('format', 'not an address', 'is no address');
    add('format', '/reference.png', 'is an address without a host');
    add('format', '', 'is an empty text');
  }
  if (isNode(keywords['not'])) add('not', 'https://example.com/reference.gif', 'is of an excluded kind');
  return found;
}

/** Values that break what a property's own schema says, one keyword at a time; the plainest for each comes first. */
export function brokenValues(document: unknown, property: Property, depth = 0): BrokenValue[] {
  const { keywords, schema } = property;
  // A part of a form that is a file has no type of its own: only that it is there, and how many there are.
  const isFile = isBinary(document, schema);
  const missing: BrokenValue[] = property.required
    ? [{ keyword: 'required', value: undefined, what: 'is missing' }]
    : [];
  if (isFile) {
    const many = alternativesOf(document, schema).flatMap((one) =>
      wrongLists(document, { ...property, ...one }, depth),
    );
    return [...missing, ...many];
  }
  return [
    ...missing,
    ...wrongTypes(property),
    ...outOfBounds(keywords),
    ...wrongLists(document, property, depth),
    ...wrongMembers(document, property, depth),
    ...wrongWords(property),
    ...wrongForms(property),
  ];
}
