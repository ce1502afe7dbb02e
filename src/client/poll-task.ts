import type { SubmitOperation } from '../contract/contract.js';
import type { PollingPolicy } from '../core/polling.js';
import { isTerminal, type Phase, type TaskView } from '../core/task.js';
import { askTask } from './ask-task.js';
import { type ClientContext, REQUEST_TIMEOUT_MS } from './client-context.js';
import { DeadlineError } from './errors/deadline-error.js';
import { OutcomeUnknownError } from './errors/outcome-unknown-error.js';
import { PollDeadlineError } from './errors/poll-deadline-error.js';
import type { ProgressEvent } from './generate-options.js';
import { type PollAnswer, pollUntilDone } from './poll-until-done.js';
import { TimeLimitError } from './time-limit.js';

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
  /** Unix milliseconds of the submit, from which the vendor's estimate counts. */
  readonly submittedAt?: number;
  /** What the vendor estimated at the submit, in seconds. */
  readonly etaSeconds?: unknown;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: ProgressEvent) => void;
}

interface EndedTask {
  /** The terminal answer. */
  readonly view: TaskView & { readonly phase: Phase };
  readonly body: unknown;
}

export interface PolledTask extends EndedTask {
  readonly polls: number;
  /** The last that any answer said of the cost. */
  readonly cost?: number;
}

/** Answers are not to be trusted: an estimate that is no number is none. */
function etaOf(seconds: unknown): { etaMs?: number } {
  return typeof seconds === 'number' ? { etaMs: seconds * 1000 } : {};
}

/** What the poller calls its errors, in the words of a task. */
function toTaskError(error: unknown, { taskId, timeoutMs }: PollTaskOptions): unknown {
  if (error instanceof PollDeadlineError) return new DeadlineError(taskId, timeoutMs, error.lastSeen);
  if (!(error instanceof TimeLimitError)) return error;
  const message = `Task ${taskId} could not be asked for (${error.message}): how it ended is unknown; resume it with this id.`;
  return new OutcomeUnknownError(message, { taskId, cause: error });
}

/**
 * Polls a task until it has ended. Rejects with a `DeadlineError` when the time is over, with the signal's reason when it
 * aborts, with a `ContractBrokenError` for an answer that cannot be read (an unknown status word is one), and after five
 * mishaps in a row (429, 5xx, no answer) with the error of the last. A failed task is an answer like any other.
 */
export async function pollTask(context: ClientContext, options: PollTaskOptions): Promise<PolledTask> {
  const { clock } = context;
  const { operation, taskId, policy, deadlineAt, timeoutMs, fresh, submittedAt, signal, onProgress } = options;
  const deadlineMs = deadlineAt - clock.now();
  if (deadlineMs <= 0) throw new DeadlineError(taskId, timeoutMs, 'no answer yet');
  let cost: number | undefined;

  const ask = async (poll: number, inner: AbortSignal): Promise<PollAnswer<EndedTask>> => {
    const asked = await askTask(context, operation, taskId, REQUEST_TIMEOUT_MS, inner);
    if (asked.kind === 'again') {
      const { reason, error, retryAfterMs, unknownTask } = asked;
      const hint = retryAfterMs === undefined ? {} : { retryAfterMs };
      return { kind: unknownTask ? 'missing' : 'trouble', reason, error, ...hint };
    }
    const { view, body, retryAfterMs } = asked;
    const { phase, progress, etaSeconds } = view;
    if (typeof view.cost === 'number') cost = view.cost;
    onProgress?.({
      type: 'polled',
      at: clock.now(),
      taskId,
      poll,
      phase,
      statusWord: String(view.statusWord),
      ...(typeof progress === 'number' ? { progress } : {}),
      ...(typeof etaSeconds === 'number' ? { etaSeconds } : {}),
    });
    if (isTerminal(phase)) return { kind: 'done', value: { view, body } };
    const hint = retryAfterMs === undefined ? {} : { retryAfterMs };
    return { kind: 'pending', state: phase, ...etaOf(etaSeconds), ...hint };
  };

  try {
    const { value, polls } = await pollUntilDone({
      ask: ({ poll, signal: inner }) => ask(poll, inner),
      policy,
      deadlineMs,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      fresh,
      clock,
      ...(submittedAt === undefined ? {} : { begunAt: submittedAt }),
      ...etaOf(options.etaSeconds),
      ...(signal === undefined ? {} : { signal }),
      onWait({ poll, answer, waitMs }) {
        if (answer.kind === 'missing' || answer.kind === 'trouble')
          onProgress?.({ type: 'retrying', at: clock.now(), taskId, poll, reason: answer.reason, waitMs });
      },
    });
    return { ...value, polls, ...(cost === undefined ? {} : { cost }) };
  } catch (error) {
    throw toTaskError(error, options);
  }
}
