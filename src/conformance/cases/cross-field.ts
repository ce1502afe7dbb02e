import type { Violation } from '../../contract/validators.js';
import { type Json, toPointer } from '../../core/pointer.js';
import { isNode, layersOf, type Property, propertiesOf, type SchemaPlace, sampleValue, typeOf } from '../schema.js';

const ruleKeywords = ['if', 'not', 'dependentRequired', 'dependentSchemas', 'anyOf', 'oneOf'];
const mostTries = 4000;

/** A body that breaks a rule between fields, and nothing else. */
export interface BrokenRule {
  readonly body: Json;
  readonly violations: readonly Violation[];
  /** The fields that were set or left out for it. */
  readonly changed: readonly string[];
  /** The same place of the rule was broken before, with other values. */
  readonly more?: true;
}

/** Names of the properties that a rule speaks of. */
function mentioned(rule: unknown): Set<string> {
  const names = new Set<string>();
  const walk = (value: unknown) => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isNode(value)) return;
    for (const [keyword, member] of Object.entries(value)) {
      if (keyword === 'required' && Array.isArray(member)) for (const name of member) names.add(String(name));
      else if (isNode(member) && ['properties', 'dependentRequired', 'dependentSchemas'].includes(keyword))
        for (const [name, inner] of Object.entries(member)) {
          names.add(name);
          if (Array.isArray(inner)) for (const other of inner) names.add(String(other));
        }
      if (keyword !== 'x-facts') walk(member);
    }
  };
  walk(rule);
  return names;
}

/** Legal values of a property taken alone, and leaving it out. */
export function candidates(document: unknown, { keywords, schema }: Property): (Json | undefined)[] {
  const values: (Json | undefined)[] = Array.isArray(keywords['enum'])
    ? [...(keywords['enum'] as Json[])]
    : typeOf(keywords) === 'boolean'
      ? [true, false]
      : [sampleValue(document, schema)];
  for (const bound of ['minimum', 'maximum'])
    if (typeof keywords[bound] === 'number') values.push(keywords[bound] as number);
  return [...new Set([...values, undefined])];
}

function withMember(body: Readonly<Record<string, Json>>, name: string, value: Json | undefined): Record<string, Json> {
  const { [name]: _, ...rest } = body;
  return value === undefined ? rest : { ...rest, [name]: value };
}

function* combinations<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) return yield [];
  for (let index = from; index < items.length; index += 1)
    for (const rest of combinations(items, size - 1, index + 1)) yield [items[index] as T, ...rest];
}

function* assignments(document: unknown, properties: readonly Property[]): Generator<[string, Json | undefined][]> {
  const [first, ...rest] = properties;
  if (first === undefined) return yield [];
  for (const value of candidates(document, first))
    for (const others of assignments(document, rest)) yield [[first.name, value], ...others];
}

/** Rules stand in a layer; an error below one of these places is an error of the rule. */
function scopesOf({ at, node }: SchemaPlace): string[] {
  return ruleKeywords
    .filter((keyword) => node[keyword] !== undefined)
    .flatMap((keyword) => (keyword === 'if' ? [`${at}/then`, `${at}/else`] : [`${at}/${keyword}`]));
}

function isWithin(violation: Violation, scopes: readonly string[]): boolean {
  return scopes.some((scope) => violation.schema === scope || violation.schema.startsWith(`${scope}/`));
}

/**
 * Looks for bodies that break one place of a rule between fields and nothing else, by trying legal values of the fields
 * that the rule speaks of: first one field, then two, then three. Each place is broken by every pair of values that does.
 */
export function brokenRules(
  document: unknown,
  schema: string,
  base: Readonly<Record<string, Json>>,
  violationsOf: (body: Json) => readonly Violation[],
): BrokenRule[] {
  const properties = propertiesOf(document, schema);
  const found: BrokenRule[] = [];
  for (const place of layersOf(document, schema)) {
    const scopes = scopesOf(place);
    if (scopes.length === 0) continue;
    const { allOf: _, properties: __, ...rule } = place.node;
    const names = mentioned(rule);
    const concerned = properties.filter(({ name }) => names.has(name));
    const seen = new Set<string>();
    let tries = 0;
    for (let size = 1; size <= 3 && !(size === 3 && seen.size > 0); size += 1)
      for (const chosen of combinations(concerned, size))
        for (const assignment of assignments(document, chosen)) {
          if (++tries > mostTries) break;
          const body = assignment.reduce<Record<string, Json>>((at, [name, value]) => withMember(at, name, value), {
            ...base,
          });
          const violations = violationsOf(body);
          const first = violations[0];
          if (first === undefined || !violations.every((one) => isWithin(one, scopes))) continue;
          if (violations.some(({ pointer }) => pointer !== first.pointer)) continue;
          const key = `${first.schema} ${first.pointer} ${first.keyword === 'dependentRequired' ? first.message : ''}`;
          const set = assignment.filter(([name, value]) => value !== base[name]);
          // What breaks the rule without one of the fields as well says nothing new with it.
          const isLean = set.every(([name]) => violationsOf(withMember(body, name, base[name])).length === 0);
          if (seen.has(key) && !isLean) continue;
          const changed = set.map(([name]) => toPointer([name]));
          found.push({ body, violations, changed, ...(seen.has(key) ? { more: true } : {}) });
          seen.add(key);
        }
  }
  return found;
}
