import { UsageError } from '../core/errors.js';
import { nextWait, type PollingPolicy } from '../core/polling.js';
import { ambientChance } from '../platform/ambient-chance.js';
import { type Clock, systemClock } from '../platform/clock.js';
import { PollDeadlineError } from './errors/poll-deadline-error.js';
import { TimeLimitError, within } from './time-limit.js';

/** What an answer may say about when to ask next. */
interface PollHints {
  /** Milliseconds that the server asks to wait; wins over the policy. */
  readonly retryAfterMs?: number;
  /** Milliseconds that the whole work is expected to take. */
  readonly etaMs?: number;
}

/** What one question told. */
export type PollAnswer<Value> =
  /** It has ended, well or not: `value` says how. */
  | { readonly kind: 'done'; readonly value: Value }
  /** It goes on; `state` is a word for messages. */
  | ({ readonly kind: 'pending'; readonly state?: string } & PollHints)
  /**
   * `missing`: nobody knows it (404); `trouble`: no usable answer (429, 5xx, a broken connection). Both are worth another
   * question for a while; `error` is what to reject with when there have been too many in a row.
   */
  | ({ readonly kind: 'missing' | 'trouble'; readonly reason: string; readonly error: Error } & PollHints);

export interface PollQuestion {
  /** Counts from 1. */
  readonly poll: number;
  /** Aborts when this question has taken too long, and when the caller's own signal does: pass it on to `fetch`. */
  readonly signal: AbortSignal;
}

/** A question was answered, and there will be another. */
export interface PollWait {
  readonly poll: number;
  readonly answer: PollAnswer<never>;
  /** Milliseconds until the next question. */
  readonly waitMs: number;
}

export interface PollUntilDoneOptions<Value> {
  /**
   * Asks once. A rejection ends the polling with that very error, so an answer that cannot be understood (an unknown
   * status word) must reject: asking on would never end.
   */
  readonly ask: (question: PollQuestion) => Promise<PollAnswer<Value>>;
  readonly policy: PollingPolicy;
  /** Milliseconds for everything: no wait and no question goes beyond. */
  readonly deadlineMs: number;
  /** Milliseconds for one question; 60 s by default. One that takes longer counts as trouble. */
  readonly requestTimeoutMs?: number;
  /** `missing` and `trouble` in a row that are outlived; 5 by default. */
  readonly tolerance?: number;
  /**
   * True, the default, for something that was just created: the first question waits, and `missing` is tolerated until it
   * has been seen once. Otherwise the first question is asked at once, and `missing` is final.
   */
  readonly fresh?: boolean;
  /** Unix milliseconds at which the work began, from which an estimate counts; now by default. */
  readonly begunAt?: number;
  /** Milliseconds that the whole work is expected to take, where that is known beforehand. */
  readonly etaMs?: number;
  readonly signal?: AbortSignal;
  readonly onWait?: (wait: PollWait) => void;
  readonly clock?: Clock;
  /** A draw from [0, 1) for policies with jitter. */
  readonly chance?: () => number;
}

export interface Polled<Value> {
  readonly value: Value;
  /** Questions asked. */
  readonly polls: number;
}

/** Timers of the platform cannot wait longer: about 24 days. */
const LONGEST_MS = 2 ** 31 - 1;
const REQUEST_TIMEOUT_MS = 60_000;
const TOLERANCE = 5;

function positive(name: string, ms: number): number {
  if (!(ms > 0)) throw new UsageError(`${name} must be a positive number of milliseconds, is ${ms}`);
  return Math.min(ms, LONGEST_MS);
}

/**
 * Asks until it is done: one question at a time, each one policy's wait after the last answer. It only ever asks; it
 * cannot create anything, and so cannot create it twice. Rejects with a `PollDeadlineError` when the time is over, with
 * the signal's reason as soon as it aborts, with the last answer's error after too much trouble in a row, and with
 * whatever `ask` rejects with.
 */
export async function pollUntilDone<Value>(options: PollUntilDoneOptions<Value>): Promise<Polled<Value>> {
  const { ask, policy, fresh = true, tolerance = TOLERANCE, signal, onWait } = options;
  const { clock = systemClock, chance = ambientChance } = options;
  const deadlineMs = positive('deadlineMs', options.deadlineMs);
  const requestTimeoutMs = positive('requestTimeoutMs', options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
  const endsAt = clock.now() + deadlineMs;
  const begunAt = options.begunAt ?? clock.now();
  let { etaMs } = options;
  let polls = 0;
  let mishaps = 0;
  let known = !fresh;
  let lastSeen = 'no answer yet';
  let previousMs: number | undefined;

  const choose = (retryAfterMs: number | undefined): number => {
    const wait = nextWait(policy, polls + 1, {
      chance: chance(),
      elapsedMs: clock.now() - begunAt,
      ...(previousMs === undefined ? {} : { previousMs }),
      ...(etaMs === undefined ? {} : { etaMs }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    previousMs = wait.policyMs;
    return wait.ms;
  };

  const question = async (): Promise<PollAnswer<Value>> => {
    try {
      const allowed = Math.min(requestTimeoutMs, endsAt - clock.now());
      return await within(clock, allowed, signal, (inner) => ask({ poll: polls, signal: inner }));
    } catch (error) {
      if (!(error instanceof TimeLimitError)) throw error;
      return { kind: 'trouble', reason: `no answer (${error.message})`, error };
    }
  };

  let waitMs = fresh ? choose(undefined) : 0;
  for (;;) {
    if (waitMs > 0) await clock.sleep(Math.min(waitMs, endsAt - clock.now()), signal);
    if (clock.now() >= endsAt) throw new PollDeadlineError(deadlineMs, polls, lastSeen);
    polls += 1;
    const answer = await question();
    if (answer.kind === 'done') return { value: answer.value, polls };
    if (answer.kind === 'pending') {
      mishaps = 0;
      known = true;
      lastSeen = `last seen ${answer.state ?? 'pending'}`;
    } else {
      if (answer.kind !== 'missing' && answer.kind !== 'trouble')
        throw new UsageError(
          `ask gave the unknown kind of answer ${JSON.stringify((answer as PollAnswer<Value>).kind)}`,
        );
      mishaps += 1;
      // What was seen once and is missing now is lost: waiting would not bring it back.
      if (mishaps > tolerance || (answer.kind === 'missing' && known)) throw answer.error;
      lastSeen = `last answer: ${answer.reason}`;
    }
    etaMs = answer.etaMs ?? etaMs;
    waitMs = choose(answer.retryAfterMs);
    onWait?.({ poll: polls, answer, waitMs });
  }
}
