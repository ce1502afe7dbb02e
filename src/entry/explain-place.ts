import type { Contract } from '../contract/contract.js';
import { responseFor } from '../contract/contract.js';
import { resolve } from '../contract/operations.js';
import { UsageError } from '../core/errors.js';
import type { Fact, Severity } from '../core/facts.js';
import { nearMatches } from '../core/near-matches.js';
import { getAt, pointerTokens, toPointer } from '../core/pointer.js';
import { findPlaces, isNode, type Node, type SchemaPart } from './schema-parts.js';

/** One place of a contract that constrains what was asked about. */
export interface ExplainedPlace {
  /** JSON pointer into the contract. */
  readonly pointer: string;
  /** When it holds, where it does not always. */
  readonly when?: string;
  /** The constraint itself: the keywords of the place. */
  readonly constraint: unknown;
  readonly facts: readonly (Fact & { readonly severity: Severity })[];
  /** The gravest that breaking it can be. */
  readonly severity: Severity;
}

export interface PointerExplanation {
  /** As asked. */
  readonly pointer: string;
  /** Where the pointer leads: `contract`, or the body of an operation. */
  readonly of: string;
  readonly places: readonly ExplainedPlace[];
}

/** Words about a place that constrain nothing. */
const remarks = new Set(['x-facts', 'facts', 'description', 'summary', 'example', 'examples', 'title']);
const deepest = 3;

/** A value as a constraint reads: without remarks, and not deeper than a person wants to read at once. */
function constraintOf(value: unknown, depth = 0): unknown {
  if (Array.isArray(value))
    return value.length > 0 && depth >= deepest ? ['…'] : value.map((entry) => constraintOf(entry, depth + 1));
  if (!isNode(value)) return value;
  if (depth >= deepest) return '…';
  // Below `properties` the keys are names, and a field may well be called `description`.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !remarks.has(key) || depth % 2 === 1)
      .map(([key, member]) => [key, constraintOf(member, depth + 1)]),
  );
}

function ownFacts(value: unknown): string[] {
  if (!isNode(value)) return [];
  const lists = [value['x-facts'], value['facts']].flatMap((own) =>
    Array.isArray(own) ? own : isNode(own) ? Object.values(own).flat() : [],
  );
  return lists.filter((fact): fact is string => typeof fact === 'string');
}

/**
 * Facts of the innermost object around a pointer that names any, itself included. A task block does not inherit from its
 * operation: what is only assumed there is nobody's promise.
 */
function factsAround(contract: Contract, pointer: string): string[] {
  const tokens = pointerTokens(pointer);
  const least = tokens.indexOf('x-async-task') + 1;
  for (let length = tokens.length; length > least; length -= 1) {
    const facts = ownFacts(getAt(contract.document, toPointer(tokens.slice(0, length))));
    if (facts.length > 0) return [...new Set(facts)];
  }
  return [];
}

function explained(contract: Contract, { pointer, when, value, factsAt }: SchemaPart): ExplainedPlace {
  const ids = factsAround(contract, factsAt ?? pointer);
  const facts = ids.flatMap((id) => {
    const fact = contract.facts.get(id);
    return fact === undefined ? [] : [{ ...fact, severity: contract.severityOf([id]) }];
  });
  return {
    pointer,
    ...(when === undefined ? {} : { when }),
    constraint: constraintOf(value),
    facts,
    severity: contract.severityOf(ids),
  };
}

/** Follows a pointer into the document, through references on the way; undefined where it leads nowhere. */
function locate(contract: Contract, pointer: string): SchemaPart | undefined {
  let at = resolve(contract.document, '');
  for (const token of pointerTokens(pointer)) {
    // Looked up as an own member first: what every object inherits is no part of the contract.
    if (getAt(at.value, toPointer([token])) === undefined) return undefined;
    at = resolve(contract.document, at.pointer + toPointer([token]));
  }
  return { pointer: at.pointer, value: at.value };
}

interface Body {
  readonly name: string;
  readonly schema: string;
  /** The block of the operation that submits with this body. */
  readonly task?: string;
}

/** The bodies that a pointer may lead into: requests first, then good answers. */
function bodiesOf(contract: Contract): Body[] {
  const requests = contract.operations.flatMap((operation): Body[] =>
    Object.entries(operation.request).flatMap(([type, schema]) =>
      schema === undefined
        ? []
        : [{ name: `request of ${operation.id} (${type})`, schema, task: `${operation.pointer}/x-async-task` }],
    ),
  );
  const answers = contract.operations.flatMap((operation): Body[] =>
    Object.entries(responseFor(operation, 200)?.content ?? {}).flatMap(([type, schema]) =>
      schema === undefined ? [] : [{ name: `answer of ${operation.id} (${type})`, schema }],
    ),
  );
  return [...requests, ...answers];
}

/** What the task block says about a request parameter. */
function taskRules(contract: Contract, task: string, pointer: string): SchemaPart[] {
  const found: SchemaPart[] = [];
  for (const block of ['clamp', 'ignore']) {
    const rules = getAt(contract.document, `${task}/${block}`);
    if (!Array.isArray(rules)) continue;
    rules.forEach((rule: Node, index) => {
      if (rule['pointer'] === pointer) found.push({ pointer: `${task}/${block}/${index}`, value: rule });
    });
  }
  const assumed = getAt(contract.document, `${task}/assume`);
  if (isNode(assumed) && assumed[pointer] !== undefined)
    found.push({ pointer: `${task}/assume${toPointer([pointer])}`, value: assumed[pointer] });
  return found;
}

function hintFor(contract: Contract, pointer: string, bodies: readonly Body[]): string {
  const tokens = pointerTokens(pointer);
  for (let length = tokens.length - 1; length > 0; length -= 1) {
    const parent = locate(contract, toPointer(tokens.slice(0, length)));
    if (parent === undefined) continue;
    const members = Object.keys((parent.value ?? {}) as object);
    const near = nearMatches(tokens[length] ?? '', members);
    return `${parent.pointer} has ${(near.length > 0 ? near : members.slice(0, 12)).join(', ') || 'no members'}.`;
  }
  const fieldsOf = (some: readonly Body[]) => {
    const names = some.flatMap(({ schema }) => {
      const value = resolve(contract.document, schema).value;
      return isNode(value) && isNode(value['properties']) ? Object.keys(value['properties']) : [];
    });
    return [...new Set(names)].map((name) => toPointer([name]));
  };
  const near = nearMatches(pointer, fieldsOf(bodies));
  if (near.length > 0) return `Near it: ${near.join(', ')}.`;
  return `A request has ${fieldsOf(bodies.filter(({ task }) => task !== undefined)).join(', ')}.`;
}

/**
 * What a JSON pointer leads to: a place of the contract, else a field of a request, else one of an answer. Throws a
 * `UsageError` that names what is near.
 */
export function explainPointer(contract: Contract, pointer: string): PointerExplanation[] {
  const part = locate(contract, pointer);
  if (part !== undefined) return [{ pointer, of: 'contract', places: [explained(contract, part)] }];
  const bodies = bodiesOf(contract);
  const found = bodies.flatMap(({ name, schema, task }) => {
    const parts = [
      ...findPlaces(contract.document, schema, pointerTokens(pointer)),
      ...(task === undefined ? [] : taskRules(contract, task, pointer)),
    ];
    return parts.length === 0 ? [] : [{ pointer, of: name, places: parts.map((one) => explained(contract, one)) }];
  });
  if (found.length > 0) return found;
  throw new UsageError(
    `${contract.id} has nothing at ${JSON.stringify(pointer)}: no place of the contract, and no field of a request or answer.\n` +
      hintFor(contract, pointer, bodies),
  );
}
