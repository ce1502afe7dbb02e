import type { SubmitOperation } from '../contract/contract.js';
import { NotJudgedError } from '../core/errors.js';
import type { Json } from '../core/pointer.js';
import { apiHeaders, type ClientContext, send } from './client-context.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { OutcomeUnknownError } from './errors/outcome-unknown-error.js';
import { toFormData } from './form-body.js';
import { readJson } from './read-body.js';
import { withFiles } from './reference-files.js';
import { readRefusal, toRefusal } from './refusal.js';
import { bodySchemaOf } from './request-body.js';
import { failureReason, wasNeverSent } from './send-failure.js';
import { within } from './time-limit.js';

export interface Submitted {
  /** Unix milliseconds at which the request was sent. */
  readonly submittedAt: number;
  readonly body: unknown;
  /** The answer that held the body, read to its end. */
  readonly response: Response;
}

/** What the client does with one submit: the body for the vendor, and limits in milliseconds. */
export interface Submit {
  readonly operation: SubmitOperation;
  readonly body: Readonly<Record<string, Json>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called right before the request leaves; pictures that have to travel with it are there by then. */
  readonly onSending?: () => void;
}

/** Everything that can fail before the request leaves: a picture that cannot be read, a signal that has aborted. */
export async function prepareSubmit(
  context: ClientContext,
  { operation, body, signal }: Submit,
  accept: string,
): Promise<(signal: AbortSignal) => Request> {
  const { multipart } = bodySchemaOf(context.contract, operation);
  const content = multipart ? toFormData(await withFiles(context, operation, body, signal)) : JSON.stringify(body);
  signal?.throwIfAborted();
  const headers = { ...apiHeaders(context), accept, ...(multipart ? {} : { 'content-type': 'application/json' }) };
  return (inner) =>
    new Request(context.baseUrl + operation.path, {
      method: operation.method,
      headers,
      body: content,
      signal: inner,
      // A redirect would send the request a second time.
      redirect: 'manual',
    });
}

/** The error for a submit that was answered, but not with a success. */
export function refusedSubmit(
  context: ClientContext,
  operation: SubmitOperation,
  response: Response,
  answer: unknown,
): Error {
  const { status } = response;
  // A gateway that gives up says nothing about what stands behind it; the vendor's own envelope does.
  if (status >= 500 && readRefusal(operation, answer) === undefined)
    return new OutcomeUnknownError(
      `${context.contract.id} answered the submit with ${status} and no reason: whether a task was started is unknown. ` +
        'It was not sent again.',
      { status },
    );
  return toRefusal(context, operation, response, answer);
}

/** The error for a submit without a whole answer; `status` where the answer had begun. */
export function failedSubmit({ contract, baseUrl }: ClientContext, error: unknown, status: number | undefined): Error {
  if (error instanceof Error && 'exitCode' in error) return error;
  const reason = failureReason(error);
  const host = new URL(baseUrl).host;
  if (status === undefined && wasNeverSent(error))
    return new NotJudgedError(`${contract.id} cannot be reached at ${host}: ${reason}`);
  return new OutcomeUnknownError(
    `${contract.id} was sent the request, but no whole answer came (${reason}): whether a task was started is ` +
      'unknown. It was not sent again.',
    { cause: error, ...(status === undefined ? {} : { status }) },
  );
}

/**
 * Sends a submit exactly once, whatever happens: it may cost money. Only where a vendor recognises a repeated request, by
 * an idempotency key, could it be sent again after an outcome that nobody knows. No contract offers one, and a test
 * notices the first that does. Throws a `VendorRefusedError` where the vendor says
 * no, an `OutcomeUnknownError` where nobody says anything (also when it is aborted on the way), a `NotJudgedError` where
 * the server was never reached.
 */
export async function sendSubmit(context: ClientContext, submit: Submit): Promise<Submitted> {
  const { clock } = context;
  const { operation, timeoutMs, signal, onSending } = submit;
  const toRequest = await prepareSubmit(context, submit, 'application/json');
  onSending?.();
  const submittedAt = clock.now();
  let status: number | undefined;
  try {
    return await within(clock, timeoutMs, signal, async (inner) => {
      const response = await send(context, toRequest(inner));
      status = response.status;
      const answer = await readJson(response);
      if (!response.ok) throw refusedSubmit(context, operation, response, answer);
      if (answer === undefined)
        throw new ContractBrokenError('', 'the request was accepted, but the answer is no JSON');
      return { submittedAt, body: answer, response };
    });
  } catch (error) {
    throw failedSubmit(context, error, status);
  }
}
