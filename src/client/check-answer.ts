import { type Contract, responseFor, schemaFor } from '../contract/contract.js';
import type { Operation } from '../contract/operations.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';

const MAX_SHOWN = 3;
const EVENT_STREAM = 'text/event-stream';

export function isEventStream(headers: Headers): boolean {
  return /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}

function checkValue(contract: Contract, schema: string | undefined, value: unknown, taskId?: string): void {
  if (schema === undefined) return;
  const violations = contract
    .violations(schema, value)
    // What only we decided, because the page says nothing, is no promise of the vendor's.
    .filter(({ facts }) => facts.length === 0 || contract.severityOf(facts) !== 'note');
  const [first] = violations;
  if (first === undefined) return;
  const others = violations.slice(1, MAX_SHOWN).map(({ pointer, message }) => `${pointer || 'the whole'} ${message}`);
  const more = violations.length > MAX_SHOWN ? [`${violations.length - MAX_SHOWN} more`] : [];
  throw new ContractBrokenError(first.pointer, [first.message, ...others, ...more].join('; '), taskId);
}

/**
 * Holds an answer against what the contract documents for its status, and throws a `ContractBrokenError` that carries
 * the first place that is wrong. An error status that is not documented passes: a gateway in between may answer
 * anything, and it is a value that the caller looks at anyway. The body of a stream is not looked at.
 */
export function checkAnswer(
  contract: Contract,
  operation: Operation,
  { status, ok, headers }: Pick<Response, 'status' | 'ok' | 'headers'>,
  body: unknown,
  taskId?: string,
): void {
  const documented = responseFor(operation, status);
  if (documented === undefined) {
    if (!ok) return;
    throw new ContractBrokenError('', `the status ${status} is not documented for ${operation.path}`, taskId);
  }
  if (Object.keys(documented.content).length === 0) return;
  const type = headers.get('content-type') ?? '';
  const content = schemaFor(documented.content, type);
  if (content === undefined) {
    const known = Object.keys(documented.content).join(', ');
    throw new ContractBrokenError('', `the content type is ${JSON.stringify(type)}, it should be ${known}`, taskId);
  }
  if (!isEventStream(headers)) checkValue(contract, content.schema, body, taskId);
}

/** Holds the data of one event against the schema of the stream, where the contract has one. */
export function checkEvent(contract: Contract, operation: Operation, status: number, data: unknown): void {
  const documented = responseFor(operation, status);
  checkValue(contract, schemaFor(documented?.content ?? {}, EVENT_STREAM)?.schema, data);
}
