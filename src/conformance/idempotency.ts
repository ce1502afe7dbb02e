import { readAnswer } from '../contract/answer-shape.js';
import type { Contract } from '../contract/contract.js';
import type { Sent } from './evidence.js';

/** The header's usual name; clients send it whether a vendor knows it or not. */
const usualHeader = 'idempotency-key';

/** With which key a submit was sent, so that a repetition is known as one; undefined where it had none. */
export function idempotencyKeyOf({ operation, exchange }: Sent): string | undefined {
  if (operation?.task === undefined) return undefined;
  const name = operation.task.idempotency?.header.toLowerCase() ?? usualHeader;
  return Object.entries(exchange.request.headers).find(([header]) => header.toLowerCase() === name)?.[1];
}

/** The body as it was sent; a form is sent with other boundaries each time. */
function bodyText({ fields, exchange }: Sent): string {
  return fields === undefined ? (exchange.request.body ?? '') : JSON.stringify(fields);
}

/** Whether both are one request by the same client: equal bodies under one key. */
export function isRepetition(one: Sent, other: Sent): boolean {
  const key = idempotencyKeyOf(one);
  return (
    key !== undefined &&
    key === idempotencyKeyOf(other) &&
    one.operation?.id === other.operation?.id &&
    one.credential === other.credential &&
    bodyText(one) === bodyText(other)
  );
}

/** What tells one task from another: its id, or where a vendor gives none the whole answer. */
export function identityOf({ operation, json }: Sent): string {
  const id = readAnswer(operation?.task?.answer ?? {}, json).id;
  return typeof id === 'string' ? id : JSON.stringify(json);
}

/** How many tasks accepted submits have started: one that was repeated with its key has started none, as a rule. */
export function countTasks(accepted: readonly Sent[]): number {
  const repeated = accepted.filter(({ purpose }) => purpose.case === 'repeated');
  if (repeated.length === 0) return accepted.length;
  const first = accepted.filter(({ purpose }) => purpose.case !== 'repeated');
  const known = new Set(first.map(identityOf));
  return first.length + new Set(repeated.map(identityOf).filter((id) => !known.has(id))).size;
}

/** Why nothing is asked of repeated submits; undefined where a reading that is in force promises something. */
export function noKeyPromised(contract: Contract): string | undefined {
  if (contract.submit?.task.idempotency !== undefined) return undefined;
  return 'nothing that is judged by promises that a submit can be repeated: it is unsafe to';
}
