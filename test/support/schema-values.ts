/** Values for a JSON Schema of a document: likely valid ones from the schema itself, and mutations of any value. */
import { resolve } from '../../src/contract/operations.js';
import { type Json, toPointer } from '../../src/core/pointer.js';
import type { Rng } from '../../src/platform/random.js';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => value !== null && typeof value === 'object' && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const numberAt = (node: Node, key: string, otherwise: number) =>
  typeof node[key] === 'number' ? (node[key] as number) : otherwise;

const MAX_DEPTH = 12;
const texts = [
  '',
  'a',
  'proofsheet',
  'https://example.com/a.png',
  '1024x1024',
  '16:9',
  'é',
  '🦊',
  'e\u0301',
  ' ',
  '0',
  'null',
];

function text(rng: Rng, node: Node): string {
  const least = numberAt(node, 'minLength', 0);
  const most = numberAt(node, 'maxLength', least + 40);
  if (node['format'] === 'uri') return `https://example.com/${rng.text('abc', 4)}.png`;
  if (node['format'] === 'date-time') return `2025-01-0${rng.integer(1, 9)}T00:00:00Z`;
  // Now and then right at the bound, in letters of one and of two UTF-16 units: lengths count code points.
  if (rng.next() < 0.3 && most <= 5000)
    return rng.pick(['a', '🦊']).repeat(rng.pick([least, most, Math.max(0, most - 1)]));
  return rng.text('abcxyz 0189-_/:', rng.integer(least, Math.min(most, least + 12)));
}

function number(rng: Rng, node: Node, whole: boolean): number {
  const least = numberAt(node, 'minimum', numberAt(node, 'exclusiveMinimum', -3));
  const most = numberAt(node, 'maximum', numberAt(node, 'exclusiveMaximum', least + 10));
  const drawn = rng.pick([least, most, least + rng.next() * (most - least)]);
  return whole ? Math.round(drawn) : drawn;
}

/** A value that the schema at a pointer most likely allows; conditions and cross-field rules are not looked at. */
export function likelyValid(document: unknown, pointer: string, rng: Rng, depth = 0): Json {
  const { pointer: at, value } = resolve(document, pointer);
  if (!isNode(value) || depth > MAX_DEPTH) return null;
  const go = (suffix: string) => likelyValid(document, `${at}/${suffix}`, rng, depth + 1);
  const merged = (own: Json): Json => {
    const parts = list(value['allOf']).map((_, index) => go(`allOf/${index}`));
    const objects = [own, ...parts].filter(isNode);
    return objects.length > 0 ? (Object.assign({}, ...objects) as Json) : own;
  };
  if ('const' in value) return value['const'] as Json;
  const choices = list(value['enum']);
  if (choices.length > 0) return choices[rng.integer(0, choices.length - 1)] as Json;
  for (const choice of ['oneOf', 'anyOf']) {
    const branches = list(value[choice]);
    // Rules such as `anyOf: [{required: …}]` stand beside properties; alternatives of whole values stand alone.
    if (branches.length > 0 && value['properties'] === undefined)
      return merged(go(`${choice}/${rng.integer(0, branches.length - 1)}`));
  }
  const types = list(value['type']);
  const type = types.length > 0 ? types[rng.integer(0, types.length - 1)] : value['type'];
  switch (type ?? (value['properties'] === undefined ? undefined : 'object')) {
    case 'object': {
      const required = new Set(list(value['required']));
      const names = Object.keys(isNode(value['properties']) ? value['properties'] : {});
      const kept = names.filter((name) => required.has(name) || rng.next() < 0.5);
      return merged(Object.fromEntries(kept.map((name) => [name, go(`properties${toPointer([name])}`)])));
    }
    case 'array': {
      const least = numberAt(value, 'minItems', 0);
      const length = rng.integer(least, Math.min(numberAt(value, 'maxItems', least + 3), least + 3));
      return Array.from({ length }, () => (value['items'] === undefined ? 'item' : go('items')));
    }
    case 'string':
      return text(rng, value);
    case 'integer':
      return number(rng, value, true);
    case 'number':
      return number(rng, value, false);
    case 'boolean':
      return rng.next() < 0.5;
    case 'null':
      return null;
    default:
      return merged('anything');
  }
}

const strange: readonly [Json, ...Json[]] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  7,
  '',
  '7',
  'not-listed',
  [],
  [7],
  {},
  { a: 1 },
];

function mutateScalar(rng: Rng, value: Json): Json {
  if (typeof value === 'number')
    return rng.pick<Json>([value + 1, value - 1, value + 0.5, -value, value * 1000, String(value), null]);
  if (typeof value === 'string')
    return rng.pick<Json>([
      `${value}x`,
      value.slice(1),
      value.toUpperCase(),
      value.repeat(3),
      `${value}🦊`,
      ` ${value}`,
      `${value}\n`,
      texts[rng.integer(0, texts.length - 1)] ?? '',
      'long '.repeat(7000),
      [value],
    ]);
  return rng.pick(strange);
}

/** The value with one thing changed, anywhere in it. */
export function mutate(rng: Rng, value: Json): Json {
  if (rng.next() < 0.05) return rng.pick(strange);
  if (Array.isArray(value)) {
    const index = rng.integer(0, Math.max(0, value.length - 1));
    const change = rng.integer(0, 4);
    if (change === 0) return value.filter((_, at) => at !== index);
    if (change === 1) return [...value, value[index] ?? rng.pick(strange)];
    if (change === 2) return Array.from({ length: 40 }, () => value[index] ?? 'item');
    return value.map((entry, at) => (at === index ? mutate(rng, entry) : entry));
  }
  if (!isNode(value)) return rng.next() < 0.3 ? rng.pick(strange) : mutateScalar(rng, value);
  const names = Object.keys(value);
  const name = names[rng.integer(0, Math.max(0, names.length - 1))];
  if (name === undefined || rng.next() < 0.1)
    return { ...value, [rng.pick(['unknown', 'prompt', 'size'])]: rng.pick(strange) };
  if (rng.next() < 0.2) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) as Json;
  return { ...value, [name]: mutate(rng, value[name] as Json) };
}
