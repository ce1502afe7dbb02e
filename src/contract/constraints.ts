/** Every constraint that a contract states about requests and answers, one by one. */
import { getAt, pointerTokens, toPointer } from '../core/pointer.js';
import type { OpenApiDocument } from './document.js';
import { resolve } from './operations.js';

export interface Constraint {
  /** JSON pointer of the keyword, or of the entry of a list such as `required`. */
  readonly pointer: string;
  readonly keyword: string;
  readonly value: unknown;
}

/** One that stands in the schema of a body. */
export interface BodyConstraint extends Constraint {
  /** JSON pointer into the body, `*` for any entry of a list. */
  readonly body: string;
  /** Within a condition or a ban: a body may well break it. */
  readonly conditional: boolean;
}

type Node = Record<string, unknown>;

/** Keywords whose value is the constraint. */
const plain = [
  ...['type', 'const', 'enum', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems', 'uniqueItems', 'multipleOf', 'default'],
  ...['additionalProperties', 'unevaluatedProperties', 'contentMediaType', 'contentEncoding'],
];
/** Keywords that are a constraint by being there, and hold more of them. */
const nesting = ['if', 'then', 'else', 'not', 'items', 'contains', 'propertyNames'];
/** Of these, the ones that a body does not have to keep. */
const conditions = new Set(['if', 'not', 'contains', 'propertyNames']);
/** Bodies are followed no deeper; a schema may contain itself. */
const deepestBody = 12;
/** Keywords with a list of schemas, each of which is a constraint by being there. */
const branching = ['allOf', 'oneOf', 'anyOf'];
/** Rules of the task block that change what a request comes to. */
const taskRules = ['clamp', 'ignore'];

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Facts of the innermost object around a pointer that names any. */
export function factsAround(document: OpenApiDocument, pointer: string): string[] {
  const tokens = pointerTokens(pointer);
  for (let length = tokens.length; length > 0; length -= 1) {
    const at = getAt(document, toPointer(tokens.slice(0, length)));
    const facts = isNode(at) ? (at['x-facts'] ?? at['facts']) : undefined;
    if (Array.isArray(facts) && facts.length > 0) return facts.map(String);
  }
  return [];
}

/** What the walk over a schema is about: where in the body it stands, and what it has seen. */
interface Walk {
  readonly add: (constraint: BodyConstraint) => void;
  readonly seen: Set<string>;
  /** Two visits with the same key are one. */
  readonly key: (pointer: string, body: string) => string;
}

function walkSchema(document: OpenApiDocument, walk: Walk, place: string, body = '', conditional = false): void {
  const { pointer, value: node } = resolve(document, place);
  const add = (at: string, keyword: string, value: unknown, where = body) =>
    walk.add({ pointer: at, keyword, value, body: where, conditional });
  const first = (at: string) => {
    const key = walk.key(at, body);
    if (walk.seen.has(key)) return false;
    walk.seen.add(key);
    return true;
  };
  // A reference is a constraint, too: without it nothing is demanded there.
  const reference = getAt(document, `${place}/$ref`);
  if (typeof reference === 'string' && first(`${place}/$ref`)) add(`${place}/$ref`, '$ref', reference);
  if (!isNode(node) || pointerTokens(body).length > deepestBody || !first(pointer)) return;
  const below = (suffix: string, where = body, condition = false) =>
    walkSchema(document, walk, pointer + suffix, where, conditional || condition);
  for (const keyword of plain) if (node[keyword] !== undefined) add(`${pointer}/${keyword}`, keyword, node[keyword]);
  if (Array.isArray(node['required']))
    for (const [index, name] of node['required'].entries())
      add(`${pointer}/required/${index}`, 'required', name, body + toPointer([String(name)]));
  for (const [name, others] of Object.entries((node['dependentRequired'] ?? {}) as Node))
    add(pointer + toPointer(['dependentRequired', name]), 'dependentRequired', others, body + toPointer([name]));
  for (const keyword of nesting)
    if (node[keyword] !== undefined) {
      add(`${pointer}/${keyword}`, keyword, true);
      below(`/${keyword}`, keyword === 'items' ? `${body}/*` : body, conditions.has(keyword));
    }
  for (const keyword of branching)
    for (const [index] of ((node[keyword] ?? []) as unknown[]).entries()) {
      add(`${pointer}/${keyword}/${index}`, keyword, true);
      below(`/${keyword}/${index}`);
    }
  for (const name of Object.keys((node['properties'] ?? {}) as Node))
    below(toPointer(['properties', name]), body + toPointer([name]));
  for (const holder of ['dependentSchemas', '$defs'])
    for (const name of Object.keys((node[holder] ?? {}) as Node)) below(toPointer([holder, name]));
}

/** The constraints of one body, each at every place of the body where it holds. */
export function bodyConstraints(document: OpenApiDocument, schema: string): BodyConstraint[] {
  const found: BodyConstraint[] = [];
  const key = (pointer: string, body: string) => `${pointer} ${body}`;
  walkSchema(document, { add: (one) => found.push(one), seen: new Set(), key }, schema);
  return found;
}

/** Lists the constraints in the order of the operations; a schema that several operations share is listed once. */
export function listConstraints(document: OpenApiDocument): Constraint[] {
  const found: Constraint[] = [];
  const seen = new Set<string>();
  const add = (pointer: string, keyword: string, value: unknown) => found.push({ pointer, keyword, value });

  const walk = (place: string) =>
    walkSchema(
      document,
      { add: ({ pointer, keyword, value }) => add(pointer, keyword, value), seen, key: (pointer) => pointer },
      place,
    );

  /** Schemas below a body or a parameter, whatever stands between. */
  const walkSchemas = (place: string) => {
    const { pointer, value: node } = resolve(document, place);
    if (!isNode(node) || seen.has(`schemas of ${pointer}`)) return;
    seen.add(`schemas of ${pointer}`);
    if (node['required'] === true) add(`${pointer}/required`, 'required', true);
    if (node['schema'] !== undefined) walk(`${pointer}/schema`);
    for (const type of Object.keys((node['content'] ?? {}) as Node))
      walkSchemas(pointer + toPointer(['content', type]));
    for (const name of Object.keys((node['headers'] ?? {}) as Node))
      walkSchemas(pointer + toPointer(['headers', name]));
  };

  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const pointer = toPointer(['paths', path, method]);
      if (!isNode(operation)) continue;
      for (const [index] of ((operation['parameters'] ?? []) as unknown[]).entries())
        walkSchemas(`${pointer}/parameters/${index}`);
      if (operation['requestBody'] !== undefined) walkSchemas(`${pointer}/requestBody`);
      for (const status of Object.keys((operation['responses'] ?? {}) as Node)) {
        add(`${pointer}/responses/${status}`, 'response', true);
        walkSchemas(`${pointer}/responses/${status}`);
      }
      for (const block of taskRules) {
        const at = `${pointer}/x-async-task/${block}`;
        for (const [index, rule] of ((getAt(document, at) ?? []) as Node[]).entries())
          for (const [key, value] of Object.entries(rule))
            if (key !== 'facts') add(`${at}/${index}/${key}`, block, value);
      }
      const assumed = (getAt(document, `${pointer}/x-async-task/assume`) ?? {}) as Node;
      for (const [field, value] of Object.entries(assumed))
        add(`${pointer}/x-async-task/assume${toPointer([field])}`, 'assume', value);
    }
  return found;
}
