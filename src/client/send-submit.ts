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
}

/**
 * Sends a submit exactly once, whatever happens: it may cost money. Throws a `VendorRefusedError` where the vendor says
 * no, an `OutcomeUnknownError` where nobody says anything (also when it is aborted on the way), a `NotJudgedError` where
 * the server was never reached.
 */
export async function sendSubmit(
  context: ClientContext,
  operation: SubmitOperation,
  body: Readonly<Record<string, Json>>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Submitted> {
  const { contract, baseUrl, clock } = context;
  const { multipart } = bodySchemaOf(contract, operation);
  const content = multipart ? toFormData(await withFiles(context, operation, body, signal)) : JSON.stringify(body);
  signal?.throwIfAborted();
  const submittedAt = clock.now();
  let status: number | undefined;
  try {
    return await within(clock, timeoutMs, signal, async (inner) => {
      const response = await send(
        context,
        new Request(baseUrl + operation.path, {
          method: operation.method,
          headers: { ...apiHeaders(context), ...(multipart ? {} : { 'content-type': 'application/json' }) },
          body: content,
          signal: inner,
          // A redirect would send the request a second time.
          redirect: 'manual',
        }),
      );
      status = response.status;
      const answer = await readJson(response);
      if (response.ok) {
        if (answer === undefined)
          throw new ContractBrokenError('', 'the request was accepted, but the answer is no JSON');
        return { submittedAt, body: answer };
      }
      // A gateway that gives up says nothing about what stands behind it; the vendor's own envelope does.
      if (status >= 500 && readRefusal(operation, answer) === undefined)
        throw new OutcomeUnknownError(
          `${contract.id} answered the submit with ${status} and no reason: whether a task was started is unknown. ` +
            'It was not sent again.',
          { status },
        );
      throw toRefusal(context, operation, response, answer);
    });
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error) throw error;
    const reason = failureReason(error);
    const host = new URL(baseUrl).host;
    if (status === undefined && wasNeverSent(error))
      throw new NotJudgedError(`${contract.id} cannot be reached at ${host}: ${reason}`);
    throw new OutcomeUnknownError(
      `${contract.id} was sent the request, but no whole answer came (${reason}): whether a task was started is ` +
        'unknown. It was not sent again.',
      { cause: error, ...(status === undefined ? {} : { status }) },
    );
  }
}
