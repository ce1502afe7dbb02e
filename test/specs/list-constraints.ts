/** Every constraint that a contract states about requests and answers, one by one. */
import type { OpenApiDocument } from '../../src/contract/document.js';
import { resolve } from '../../src/contract/operations.js';
import { getAt, pointerTokens, toPointer } from '../../src/core/pointer.js';

export interface Constraint {
  /** JSON pointer of the keyword, or of the entry of a list such as `required`. */
  readonly pointer: string;
  readonly keyword: string;
  readonly value: unknown;
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

/** Lists the constraints in the order of the operations; a schema that several operations share is listed once. */
export function listConstraints(document: OpenApiDocument): Constraint[] {
  const found: Constraint[] = [];
  const seen = new Set<string>();
  const add = (pointer: string, keyword: string, value: unknown) => found.push({ pointer, keyword, value });

  const walk = (place: string) => {
    const { pointer, value: node } = resolve(document, place);
    // A reference is a constraint, too: without it nothing is demanded there.
    const reference = getAt(document, `${place}/$ref`);
    if (typeof reference === 'string' && !seen.has(`${place}/$ref`)) {
      seen.add(`${place}/$ref`);
      add(`${place}/$ref`, '$ref', reference);
    }
    if (!isNode(node) || seen.has(pointer)) return;
    seen.add(pointer);
    for (const keyword of plain) if (node[keyword] !== undefined) add(`${pointer}/${keyword}`, keyword, node[keyword]);
    if (Array.isArray(node['required']))
      for (const [index, name] of node['required'].entries()) add(`${pointer}/required/${index}`, 'required', name);
    for (const [name, others] of Object.entries((node['dependentRequired'] ?? {}) as Node))
      add(pointer + toPointer(['dependentRequired', name]), 'dependentRequired', others);
    for (const keyword of nesting)
      if (node[keyword] !== undefined) {
        add(`${pointer}/${keyword}`, keyword, true);
        walk(`${pointer}/${keyword}`);
      }
    for (const keyword of branching)
      for (const [index] of ((node[keyword] ?? []) as unknown[]).entries()) {
        add(`${pointer}/${keyword}/${index}`, keyword, true);
        walk(`${pointer}/${keyword}/${index}`);
      }
    for (const holder of ['properties', 'dependentSchemas', '$defs'])
      for (const name of Object.keys((node[holder] ?? {}) as Node)) walk(pointer + toPointer([holder, name]));
  };

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
