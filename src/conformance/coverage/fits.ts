import { resolve } from '../../contract/operations.js';
import { toPointer } from '../../core/pointer.js';
import { isNode, type SchemaNode } from '../schema.js';
import { valueKeywords } from './keywords.js';

/** Told of each constraint that concerned a value: its pointer in the contract, the place in the body, how it went. */
export type Tell = (constraint: string, body: string, holds: boolean) => void;

export interface Fits {
  /** Whether a value fits the schema at a pointer. */
  (schema: string, value: unknown, tell?: Tell): boolean;
}

const deepest = 64;
/** Stands for a member that an object does not have. */
const absent = Symbol('absent');

/**
 * Judges values by the schemas of one document and tells of every constraint on the way, kept ones as well: validators
 * only tell what is broken. Keywords that it does not know ask for nothing.
 */
export function createFits(document: unknown): Fits {
  const places = new Map<string, { readonly pointer: string; readonly node: unknown }>();
  const at = (pointer: string) => {
    let place = places.get(pointer);
    if (place === undefined) {
      const found = resolve(document, pointer);
      place = { pointer: found.pointer, node: found.value };
      places.set(pointer, place);
    }
    return place;
  };

  const judge = (schema: string, value: unknown, body: string, tell: Tell | undefined, depth: number): boolean => {
    const { pointer, node } = at(schema);
    if (value === absent) {
      // What must not be there is kept by every body without it.
      if (isNode(node) && isNode(node['not']) && Object.keys(node['not']).length === 0)
        tell?.(`${pointer}/not`, body, true);
      return true;
    }
    if (!isNode(node) || depth > deepest) return node !== false;
    let fits = true;
    const say = (suffix: string, holds: boolean, where = body) => {
      tell?.(pointer + suffix, where, holds);
      fits &&= holds;
    };
    const below = (suffix: string, member = value, where = body, listen = tell) =>
      judge(pointer + suffix, member, where, listen, depth + 1);
    for (const [keyword, argument] of Object.entries(node)) {
      const rule = Object.hasOwn(valueKeywords, keyword) ? valueKeywords[keyword] : undefined;
      if (rule?.concerns(value)) say(`/${keyword}`, rule.holds(argument as never, value as never));
    }
    if (isNode(value)) judgeMembers(node, value, body, say, below, (holds) => (fits &&= holds));
    if (Array.isArray(value) && node['items'] !== undefined)
      for (const entry of value) fits = below('/items', entry, `${body}/*`) && fits;
    if (Array.isArray(value) && node['contains'] !== undefined)
      say(
        '/contains',
        value.some((entry) => below('/contains', entry, body, undefined)),
      );
    if (node['not'] !== undefined) say('/not', !below('/not', value, body, undefined));
    if (node['if'] !== undefined) {
      const branch = below('/if', value, body, undefined) ? 'then' : 'else';
      if (node[branch] !== undefined) fits = below(`/${branch}`) && fits;
    }
    for (const [index] of listOf(node, 'allOf').entries()) fits = below(`/allOf/${index}`) && fits;
    for (const choice of ['oneOf', 'anyOf'] as const) {
      const branches = listOf(node, choice);
      if (branches.length === 0) continue;
      const fitting = branches.flatMap((_, index) =>
        below(`/${choice}/${index}`, value, body, undefined) ? [index] : [],
      );
      say(`/${choice}`, choice === 'oneOf' ? fitting.length === 1 : fitting.length > 0);
      // Where none fits, the first that is of the value's type was meant.
      const meant = branches.findIndex((_, index) => isOfItsType(at(`${pointer}/${choice}/${index}`).node, value));
      for (const index of fitting.length > 0 ? fitting : meant < 0 ? [] : [meant]) below(`/${choice}/${index}`);
    }
    return fits;
  };

  return (schema, value, tell) => judge(schema, value, '', tell, 0);
}

type Below = (suffix: string, member?: unknown, where?: string, listen?: Tell) => boolean;

/** The keywords of objects. */
function judgeMembers(
  node: SchemaNode,
  value: SchemaNode,
  body: string,
  say: (suffix: string, holds: boolean, where?: string) => void,
  below: Below,
  and: (holds: boolean) => void,
): void {
  const has = (name: unknown) => Object.hasOwn(value, String(name));
  for (const [index, name] of listOf(node, 'required').entries())
    say(`/required/${index}`, has(name), body + toPointer([String(name)]));
  for (const [name, others] of Object.entries(nodeOf(node, 'dependentRequired')))
    if (has(name)) say(toPointer(['dependentRequired', name]), [others].flat().every(has), body + toPointer([name]));
  for (const name of Object.keys(nodeOf(node, 'dependentSchemas')))
    if (has(name)) and(below(toPointer(['dependentSchemas', name])));
  const properties = nodeOf(node, 'properties');
  for (const name of Object.keys(properties))
    and(below(toPointer(['properties', name]), has(name) ? value[name] : absent, body + toPointer([name])));
  if (node['additionalProperties'] === undefined || node['additionalProperties'] === true) return;
  const others = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
  say(
    '/additionalProperties',
    others.every((name) => below('/additionalProperties', value[name], body, undefined)),
  );
}

function nodeOf(node: SchemaNode, keyword: string): SchemaNode {
  const value = node[keyword];
  return isNode(value) ? value : {};
}

function listOf(node: SchemaNode, keyword: string): readonly unknown[] {
  const value = node[keyword];
  return Array.isArray(value) ? value : [];
}

function isOfItsType(node: unknown, value: unknown): boolean {
  const type = isNode(node) ? node['type'] : undefined;
  return type !== undefined && valueKeywords['type']?.holds(type as never, value as never) === true;
}
