import { resolve } from '../contract/operations.js';
import { toPointer } from '../core/pointer.js';

export type Node = Record<string, unknown>;

export function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A part of a document that says something about a field. */
export interface SchemaPart {
  /** JSON pointer into the document. */
  readonly pointer: string;
  /** When it holds, where it does not always. */
  readonly when?: string;
  readonly value: unknown;
  /** Where the facts stand, if not here: those of a field say more than those of the object that requires it. */
  readonly factsAt?: string;
}

function conditionText(schema: unknown): string {
  if (!isNode(schema)) return JSON.stringify(schema);
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  const properties = isNode(schema['properties']) ? schema['properties'] : {};
  const parts = Object.entries(properties).map(([name, raw]) => {
    if (isNode(raw) && 'const' in raw) return `${name} is ${JSON.stringify(raw['const'])}`;
    if (isNode(raw) && Array.isArray(raw['enum'])) return `${name} is one of ${raw['enum'].join(', ')}`;
    return `${name} fits its condition`;
  });
  const present = required.filter((name) => !(name in properties)).map((name) => `${name} is there`);
  return [...parts, ...present].join(' and ') || 'its condition holds';
}

function join(outer: string | undefined, inner: string): string {
  return outer === undefined ? inner : `${outer}, and ${inner}`;
}

function branchText(branch: unknown, index: number): string {
  const name = isNode(branch) && typeof branch['$ref'] === 'string' ? branch['$ref'].split('/').at(-1) : undefined;
  return name === undefined ? `alternative ${index + 1} is meant` : `it is a ${name}`;
}

/** What a schema says about the absence or presence of one of its members, whatever the member's own schema says. */
function presence(pointer: string, node: Node, name: string, when: string | undefined): SchemaPart[] {
  const rest = when === undefined ? {} : { when };
  const found: SchemaPart[] = [];
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const member = isNode(node['properties']) ? node['properties'][name] : undefined;
  const factsAt =
    isNode(member) && 'x-facts' in member ? { factsAt: pointer + toPointer(['properties', name]) } : undefined;
  if (required.includes(name))
    found.push({ pointer: `${pointer}/required`, ...rest, value: `${name} is required`, ...factsAt });
  const dependent = isNode(node['dependentRequired']) ? node['dependentRequired'] : {};
  for (const [other, names] of Object.entries(dependent)) {
    const at = pointer + toPointer(['dependentRequired', other]);
    if (other === name) found.push({ pointer: at, ...rest, value: `${name} needs ${[names].flat().join(', ')}` });
    else if (Array.isArray(names) && names.includes(name))
      found.push({ pointer: at, when: join(when, `${other} is there`), value: `${name} is required` });
  }
  return found;
}

/**
 * Every part of a schema that constrains the field at a path below it: its own schema, conditions, alternatives, and
 * whether it must be there. References are followed; the pointers are those of the places themselves.
 */
export function findPlaces(
  document: unknown,
  schema: string,
  tokens: readonly string[],
  when?: string,
  depth = 0,
): SchemaPart[] {
  const { pointer, value: node } = resolve(document, schema);
  if (!isNode(node) || depth > 24) return [];
  const [token, ...rest] = tokens;
  if (token === undefined) return [{ pointer, ...(when === undefined ? {} : { when }), value: node }];
  const below = (suffix: string, left: readonly string[], holds = when) =>
    findPlaces(document, pointer + suffix, left, holds, depth + 1);
  const found: SchemaPart[] = [];
  if (isNode(node['properties']) && node['properties'][token] !== undefined)
    found.push(...below(toPointer(['properties', token]), rest));
  if (isNode(node['items']) && /^(\d+|\*)$/.test(token)) found.push(...below('/items', rest));
  if (rest.length === 0) found.push(...presence(pointer, node, token, when));
  for (const [index] of [...((node['allOf'] as unknown[] | undefined) ?? [])].entries())
    found.push(...below(`/allOf/${index}`, tokens));
  for (const choice of ['oneOf', 'anyOf'])
    if (Array.isArray(node[choice]))
      for (const [index, branch] of node[choice].entries())
        found.push(...below(`/${choice}/${index}`, tokens, join(when, branchText(branch, index))));
  if (node['then'] !== undefined) found.push(...below('/then', tokens, join(when, conditionText(node['if']))));
  if (node['else'] !== undefined)
    found.push(...below('/else', tokens, join(when, `not: ${conditionText(node['if'])}`)));
  return found;
}
