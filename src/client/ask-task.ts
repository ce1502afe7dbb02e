import { placeOf } from '../contract/answer-shape.js';
import type { SubmitOperation } from '../contract/contract.js';
import { retryAfterMs } from '../core/polling.js';
import { taskUrl } from '../platform/target.js';
import { checkAnswer } from './check-answer.js';
import { apiHeaders, type ClientContext, REQUEST_TIMEOUT_MS, send, withoutKey } from './client-context.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { OutcomeUnknownError } from './errors/outcome-unknown-error.js';
import { UnsupportedError } from './errors/unsupported-error.js';
import { readJson } from './read-body.js';
import { type KnownView, readKnownView } from './read-task.js';
import { toRefusal } from './refusal.js';
import { failureReason } from './send-failure.js';
import { within } from './time-limit.js';

/** One poll: what it saw, or why it is worth another try. */
export type Asked =
  | {
      readonly kind: 'seen';
      readonly view: KnownView;
      readonly body: unknown;
      /** Milliseconds that the vendor asks to wait before the next question. */
      readonly retryAfterMs?: number;
    }
  | {
      readonly kind: 'again';
      readonly reason: string;
      readonly retryAfterMs?: number;
      /** The vendor does not know the task (yet). */
      readonly unknownTask: boolean;
      /** What to throw when there have been too many tries. */
      readonly error: Error;
    };

function pollOf(context: ClientContext, { task }: SubmitOperation) {
  if (task.poll !== undefined && context.contract.poll !== undefined)
    return { poll: task.poll, path: context.contract.poll.path };
  throw new UnsupportedError(context.contract.id, 'resume', 'it answers at once and has no tasks to ask for');
}

function read(context: ClientContext, operation: SubmitOperation, taskId: string, body: unknown): Asked {
  const { answer } = pollOf(context, operation).poll;
  const words = operation.task.status?.words ?? {};
  const view = readKnownView(answer, words, body, (text) => withoutKey(context, text), taskId);
  if (view.id !== undefined && view.id !== taskId)
    throw new ContractBrokenError(placeOf(answer, 'id'), `it tells of another task than ${taskId}`, taskId);
  return { kind: 'seen', view, body };
}

/**
 * Asks for a task once. Throws a `ContractBrokenError` for an answer that cannot be read and a `VendorRefusedError` for
 * a refusal that another try would not change; waiting and trying again is the caller's part.
 */
export async function askTask(
  context: ClientContext,
  operation: SubmitOperation,
  taskId: string,
  remainingMs: number,
  signal?: AbortSignal,
): Promise<Asked> {
  const { poll, path } = pollOf(context, operation);
  const { unknownTask: unknown } = operation.task.errors.kinds;
  const unknownStatuses = [404, ...(unknown === undefined ? [] : [unknown.status, ...(unknown.accept ?? [])])];
  try {
    return await within(context.clock, Math.min(remainingMs, REQUEST_TIMEOUT_MS), signal, async (inner) => {
      const url = taskUrl(context.baseUrl, path, poll.id, taskId);
      const request = new Request(url, { headers: apiHeaders(context), signal: inner, redirect: 'manual' });
      const response = await send(context, request);
      const { status } = response;
      const body = await readJson(response);
      const wait = retryAfterMs(response.headers.get('retry-after'), context.clock.now());
      const hint = wait === undefined ? {} : { retryAfterMs: wait };
      if (response.ok) {
        if (body === undefined) throw new ContractBrokenError('', 'it is no JSON', taskId);
        if (context.validate && context.contract.poll !== undefined)
          checkAnswer(context.contract, context.contract.poll, response, body, taskId);
        return { ...read(context, operation, taskId, body), ...hint };
      }
      const error = toRefusal(context, operation, response, body, taskId);
      const unknownTask = unknownStatuses.includes(status);
      if (!unknownTask && status < 500 && status !== 429 && status !== 408) throw error;
      return { kind: 'again', reason: String(status), unknownTask, error, ...hint };
    });
  } catch (error) {
    if (signal?.aborted || (error instanceof Error && 'exitCode' in error)) throw error;
    const reason = failureReason(error);
    const message = `Task ${taskId} could not be asked for (${reason}): how it ended is unknown; resume it with this id.`;
    return {
      kind: 'again',
      reason: `no answer (${reason})`,
      unknownTask: false,
      error: new OutcomeUnknownError(message, { taskId, cause: error }),
    };
  }
}
