import { readAnswer } from '../contract/answer-shape.js';
import type { SubmitOperation } from '../contract/contract.js';
import { retryAfterMs } from '../core/polling.js';
import type { TaskError } from '../core/task.js';
import { type ClientContext, withoutKey } from './client-context.js';
import { VendorRefusedError } from './errors/vendor-refused-error.js';

/** What an error answer says in the vendor's envelope; undefined where it is not in it. */
export function readRefusal({ task }: SubmitOperation, body: unknown): TaskError | undefined {
  const { error } = readAnswer(task.errors.answer, body);
  return typeof error?.message === 'string' ? error : undefined;
}

function isRetryable(status: number, retryAfter: number | undefined): boolean | undefined {
  if (status === 429 || status === 408 || (status === 503 && retryAfter !== undefined)) return true;
  return status < 500 ? false : undefined;
}

/** The error for an answer that is not a success. */
export function toRefusal(
  context: ClientContext,
  operation: SubmitOperation,
  response: Response,
  body: unknown,
  taskId?: string,
): VendorRefusedError {
  const { status, headers } = response;
  const said = readRefusal(operation, body);
  const clean = (text: unknown) => (typeof text === 'string' ? withoutKey(context, text) : undefined);
  const code = typeof said?.code === 'number' ? said.code : clean(said?.code);
  const type = clean(said?.type);
  const wait = retryAfterMs(headers.get('retry-after'), context.clock.now());
  const retryable = isRetryable(status, wait);
  const location = headers.get('location');
  const reason =
    clean(said?.message) ??
    (location === null ? 'no reason in the vendor’s own form' : `redirects to ${withoutKey(context, location)}`);
  const what = taskId === undefined ? 'the request' : `the question for task ${taskId}`;
  return new VendorRefusedError(`${context.contract.id} refused ${what} with ${status}: ${reason}`, {
    status,
    ...(code === undefined ? {} : { code }),
    ...(type === undefined ? {} : { type }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(taskId === undefined ? {} : { taskId }),
  });
}
