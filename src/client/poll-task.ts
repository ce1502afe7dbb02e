import type { SubmitOperation } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import type { PollingPolicy } from '../core/polling.js';
import { isTerminal, type Phase, type TaskView } from '../core/task.js';
import { type Asked, askTask } from './ask-task.js';
import type { ClientContext } from './client-context.js';
import { DeadlineError } from './errors/deadline-error.js';
import type { ProgressEvent } from './generate-options.js';

export interface PollTaskOptions {
  readonly operation: SubmitOperation;
  readonly taskId: string;
  readonly policy: PollingPolicy;
  /** Unix milliseconds on the context's clock. */
  readonly deadlineAt: number;
  /** The whole time allowed, for the message of a `DeadlineError`. */
  readonly timeoutMs: number;
  /** Just submitted: the first poll waits, and a task that is not known yet is asked for again. */
  readonly fresh: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: ProgressEvent) => void;
}

export interface PolledTask {
  /** The terminal answer. */
  readonly view: TaskView & { readonly phase: Phase };
  readonly body: unknown;
  readonly polls: number;
  /** The last that any answer said of the cost. */
  readonly cost?: number;
}

/** Tries in a row without a usable answer, before giving up. */
const MAX_MISHAPS = 5;
/** A server that asks for more patience than this is asked again after it all the same. */
const MAX_RETRY_AFTER_MS = 60_000;

function delayOf(policy: PollingPolicy, poll: number): number {
  const delay = policy.delayMs(poll);
  if (Number.isNaN(delay)) throw new UsageError(`The polling policy ${policy.name} gives no number for poll ${poll}`);
  // Even a policy of 0 ms must let time pass, or a virtual clock would stand still for ever.
  return Math.max(1, delay);
}

/**
 * Asks for a task until it has ended: one question at a time, each one policy's delay after the last answer.
 * Rejects with a `DeadlineError` when the time is over, with the signal's reason when it aborts, with a
 * `ContractBrokenError` for an answer that cannot be read (an unknown status word is one), and after five mishaps in a
 * row (429, 5xx, no answer) with the error of the last. A failed task is an answer like any other.
 */
export async function pollTask(context: ClientContext, options: PollTaskOptions): Promise<PolledTask> {
  const { clock } = context;
  const { operation, taskId, policy, deadlineAt, timeoutMs, fresh, signal, onProgress } = options;
  let polls = 0;
  let mishaps = 0;
  let lastSeen = 'no answer yet';
  let known = !fresh;
  let cost: number | undefined;
  let waitMs = fresh ? delayOf(policy, 1) : 0;

  const afterMishap = (asked: Extract<Asked, { kind: 'again' }>) => {
    mishaps += 1;
    // An unknown task is a mishap only while it may not have got around yet.
    if (mishaps > MAX_MISHAPS || (asked.unknownTask && known)) throw asked.error;
    const wanted = Math.min(asked.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
    waitMs = Math.max(delayOf(policy, polls + 1), wanted);
    lastSeen = `last answer: ${asked.reason}`;
    onProgress?.({ type: 'retrying', at: clock.now(), taskId, poll: polls, reason: asked.reason, waitMs });
  };

  for (;;) {
    const remaining = deadlineAt - clock.now();
    if (waitMs > 0) await clock.sleep(Math.min(waitMs, Math.max(0, remaining)), signal);
    if (clock.now() >= deadlineAt) throw new DeadlineError(taskId, timeoutMs, lastSeen);
    polls += 1;
    const asked = await askTask(context, operation, taskId, deadlineAt - clock.now(), signal);
    if (asked.kind === 'again') {
      afterMishap(asked);
      continue;
    }
    const { view, body } = asked;
    const { phase, progress, etaSeconds } = view;
    mishaps = 0;
    known = true;
    if (typeof view.cost === 'number') cost = view.cost;
    lastSeen = `last seen ${phase}`;
    onProgress?.({
      type: 'polled',
      at: clock.now(),
      taskId,
      poll: polls,
      phase,
      statusWord: String(view.statusWord),
      ...(typeof progress === 'number' ? { progress } : {}),
      ...(typeof etaSeconds === 'number' ? { etaSeconds } : {}),
    });
    if (isTerminal(phase)) return { view, body, polls, ...(cost === undefined ? {} : { cost }) };
    waitMs = delayOf(policy, polls + 1);
  }
}
