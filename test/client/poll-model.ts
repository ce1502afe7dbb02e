/** What a server may do to a poller, and a small model of what the poller must do then. */
import fc from 'fast-check';
import type { PollAnswer, PollQuestion } from '../../src/client/poll-until-done.js';
import type { PollFacts } from '../../src/core/polling.js';
import type { VirtualClock } from '../../src/platform/virtual-clock.js';

/** One answer of the server. `hang` never comes; `broken` cannot be understood, as an unknown status word. */
export interface Step {
  readonly kind: 'pending' | 'missing' | 'trouble' | 'hang' | 'broken' | 'done';
  readonly latencyMs: number;
  readonly retryAfterMs?: number;
  readonly etaMs?: number;
}

const latencyMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30_000 }));
const hints = {
  retryAfterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200_000 })),
  etaMs: fc.integer({ min: 0, max: 200_000 }),
};
const step = (...kinds: readonly Step['kind'][]): fc.Arbitrary<Step> =>
  fc.record(
    { kind: fc.constantFrom(...kinds), latencyMs, ...hints },
    { requiredKeys: ['kind', 'latencyMs'] },
  ) as fc.Arbitrary<Step>;

/** What the server answers first, and what it answers for ever after. */
export const anyScript = fc.record({
  steps: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: step('pending') },
      { weight: 5, arbitrary: step('missing', 'trouble', 'hang') },
      { weight: 1, arbitrary: step('broken', 'done') },
    ),
    { maxLength: 25 },
  ),
  last: step('pending', 'missing', 'trouble', 'hang', 'done'),
});
export type Script = typeof anyScript extends fc.Arbitrary<infer T> ? T : never;

/** The error that a step's answer carries, by its number. */
export function errorOf(poll: number): Error {
  return new Error(`question ${poll}`);
}

/** A server that plays a script on a clock. */
export function playing({ steps, last }: Script, clock: VirtualClock) {
  let open = 0;
  let mostAtOnce = 0;
  const asked: { poll: number; at: number }[] = [];
  const answer = async ({ poll, signal }: PollQuestion): Promise<PollAnswer<string>> => {
    const { kind, latencyMs: latency, ...given } = steps[poll - 1] ?? last;
    await clock.sleep(kind === 'hang' ? 1e9 : latency, signal);
    const error = errorOf(poll);
    if (kind === 'broken') throw error;
    if (kind === 'done') return { kind, value: `done at ${poll}` };
    if (kind === 'pending') return { kind, ...given };
    return { kind: kind === 'missing' ? kind : 'trouble', reason: kind, error, ...given };
  };
  const ask = async (question: PollQuestion) => {
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    asked.push({ poll: question.poll, at: clock.now() });
    try {
      return await answer(question);
    } finally {
      open -= 1;
    }
  };
  return { ask, asked, figures: () => ({ mostAtOnce, stillOpen: open }) };
}

export interface Rules {
  readonly startAt: number;
  readonly deadlineMs: number;
  readonly requestTimeoutMs: number;
  readonly tolerance: number;
  readonly fresh: boolean;
  /** Milliseconds from the start until the caller gives up. */
  readonly abortMs?: number;
}

export type End =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'error'; readonly poll: number }
  | { readonly kind: 'timed-out' | 'deadline' | 'aborted' };

interface Expected {
  readonly end: End;
  readonly at: number;
  /** When each question leaves. */
  readonly asks: readonly number[];
  /** What the policy is told each time. */
  readonly facts: readonly Omit<PollFacts, 'chance'>[];
}

/**
 * What must happen, step by step, written without a loop over promises or timers. `waits` are what the policy gave: its
 * bounds are another test's matter.
 */
export function expected({ steps, last }: Script, rules: Rules, waits: readonly number[]): Expected {
  const { startAt, deadlineMs, requestTimeoutMs, tolerance, fresh, abortMs = Number.POSITIVE_INFINITY } = rules;
  const endsAt = startAt + deadlineMs;
  const abortAt = startAt + abortMs;
  const asks: number[] = [];
  const facts: Omit<PollFacts, 'chance'>[] = [];
  let now = startAt;
  let known = !fresh;
  let mishaps = 0;
  let etaMs: number | undefined;
  const finish = (end: End, at: number): Expected =>
    at > abortAt ? { end: { kind: 'aborted' }, at: abortAt, asks, facts } : { end, at, asks, facts };
  const wait = (retryAfterMs?: number) => {
    const previousMs = waits[facts.length - 1];
    facts.push({
      elapsedMs: now - startAt,
      ...(facts.length === 0 ? {} : { previousMs: previousMs ?? Number.NaN }),
      ...(etaMs === undefined ? {} : { etaMs }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    const own = waits[facts.length - 1] ?? Number.NaN;
    return Math.max(1, retryAfterMs !== undefined && retryAfterMs > 0 ? Math.min(retryAfterMs, 60_000) : own);
  };
  now += fresh ? wait() : 0;
  for (let poll = 1; ; poll += 1) {
    // Where the poller has asked its policy less often than it should, there is no moment to go on from.
    if (Number.isNaN(now) || now >= endsAt) return finish({ kind: 'deadline' }, endsAt);
    if (now > abortAt) return finish({ kind: 'aborted' }, abortAt);
    asks.push(now);
    const { kind, latencyMs: latency, ...given } = steps[poll - 1] ?? last;
    const allowed = Math.min(requestTimeoutMs, endsAt - now);
    const late = kind === 'hang' || latency >= allowed;
    now += late ? allowed : latency;
    if (now > abortAt) return finish({ kind: 'aborted' }, abortAt);
    if (!late && kind === 'done') return finish({ kind: 'value', value: `done at ${poll}` }, now);
    if (!late && kind === 'broken') return finish({ kind: 'error', poll }, now);
    if (!late && kind === 'pending') {
      mishaps = 0;
      known = true;
    } else {
      mishaps += 1;
      if (mishaps > tolerance || (!late && kind === 'missing' && known))
        return finish(late ? { kind: 'timed-out' } : { kind: 'error', poll }, now);
    }
    if (!late) etaMs = given.etaMs ?? etaMs;
    now += wait(late ? undefined : given.retryAfterMs);
  }
}
