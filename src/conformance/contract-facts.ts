import type { AsyncTask, ErrorKind, Role } from '../contract/async-task.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import { resolve } from '../contract/operations.js';
import { formType, isNode, jsonType, type Property, propertiesOf, requestSchema } from './schema.js';

export function unique(...lists: readonly (readonly string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

/** The facts, or those that stand in where the contract states none. */
export function orElse(facts: readonly string[] | undefined, fallback: readonly string[]): readonly string[] {
  return facts === undefined || facts.length === 0 ? fallback : facts;
}

/** Every operation that submits a task. */
export function submitsOf(contract: Contract): SubmitOperation[] {
  return contract.operations.filter((operation): operation is SubmitOperation => operation.task !== undefined);
}

export function tasksOf(contract: Contract): AsyncTask[] {
  return submitsOf(contract).map(({ task }) => task);
}

/** Facts of the error kinds, by the contract's own words. */
export function kindFacts(contract: Contract, kinds: readonly ErrorKind[]): string[] {
  return unique(...tasksOf(contract).flatMap((task) => kinds.map((kind) => task.errors.kinds[kind]?.facts)));
}

/** What the contract says about keys: its security schemes and its answer to a wrong one. */
export function keyFacts(contract: Contract): string[] {
  const schemes = Object.values(contract.document.components?.['securitySchemes'] ?? {});
  const stated = schemes.flatMap((scheme) =>
    isNode(scheme) && Array.isArray(scheme['x-facts']) ? scheme['x-facts'] : [],
  );
  return unique(['H1'], stated.map(String), kindFacts(contract, ['unauthorized']));
}

/** The request parameter that plays a role, as the request schema states it. */
export function parameterFor(contract: Contract, operation: SubmitOperation, role: Role): Property | undefined {
  const pointer = operation.task.request[role];
  const schema = requestSchema(operation, jsonType) ?? requestSchema(operation, formType);
  if (pointer === undefined || schema === undefined) return undefined;
  return propertiesOf(contract.document, schema).find(({ name }) => `/${name}` === pointer);
}

/** Whether some answer about a task holds the request as it was received. */
export function repeatsRequest({ task }: SubmitOperation): boolean {
  const fields = Object.values({ ...task.answer, ...task.poll?.answer });
  return fields.some((field) => 'from' in field && field.from === 'request');
}

/** Facts of an operation's own parameter, such as the id of a task. */
export function idFacts(contract: Contract): string[] {
  const poll = contract.poll;
  const name = contract.submit?.task.poll?.id.name;
  const parameter = poll?.parameters.find((one) => one.name === name);
  return unique(parameter?.facts, poll?.facts);
}

/** Where a block of the task of an operation stands, also when it is taken over from another with `like`. */
export function taskPointer(contract: Contract, operation: SubmitOperation, block: string): string | undefined {
  let pointer = `${operation.pointer}/x-async-task`;
  for (let hops = 0; hops < 4; hops += 1) {
    const raw = resolve(contract.document, pointer).value;
    if (!isNode(raw)) return undefined;
    if (raw[block] !== undefined) return `${pointer}/${block}`;
    const base = contract.operations.find(({ id }) => id === raw['like']);
    if (base === undefined) return undefined;
    pointer = `${base.pointer}/x-async-task`;
  }
  return undefined;
}
