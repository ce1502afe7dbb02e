/** What each policy may wait at most and at least, written down a second time and apart from the policies themselves. */
import fc from 'fast-check';
import {
  decorrelatedJitter,
  equalJitter,
  etaGuided,
  exponential,
  fixed,
  fullJitter,
  type PollFacts,
  type PollingPolicy,
  quantileGuided,
  serverGuided,
  webhook,
} from '../../../src/core/polling.js';

export interface BoundedPolicy {
  readonly policy: PollingPolicy;
  /** Least and most milliseconds before a poll, whatever chance says. */
  readonly bounds: (poll: number, facts: Omit<PollFacts, 'chance' | 'retryAfterMs'>) => readonly [number, number];
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Any policy, with waits in a range of milliseconds. */
export function anyPolicy({ min, max }: Range): fc.Arbitrary<BoundedPolicy> {
  const wait = fc.integer({ min, max });
  const growing = fc
    .tuple(wait, fc.double({ min: 1, max: 4, noNaN: true }), wait)
    .map(([one, factor, other]): [number, number, number] => [Math.min(one, other), factor, Math.max(one, other)]);
  const peak = ([first, factor, cap]: readonly number[], poll: number) => {
    let at = first ?? 0;
    for (let step = 1; step < poll && at < (cap ?? 0); step += 1) at *= factor ?? 1;
    return Math.min(at, cap ?? 0);
  };
  return fc.oneof(
    wait.map((ms): BoundedPolicy => ({ policy: fixed(ms), bounds: () => [ms, ms] })),
    growing.map(
      (params): BoundedPolicy => ({
        policy: exponential(...params),
        bounds: (poll) => [peak(params, poll), peak(params, poll)],
      }),
    ),
    growing.map(
      (params): BoundedPolicy => ({ policy: fullJitter(...params), bounds: (poll) => [0, peak(params, poll)] }),
    ),
    growing.map(
      (params): BoundedPolicy => ({
        policy: equalJitter(...params),
        bounds: (poll) => [peak(params, poll) / 2, peak(params, poll)],
      }),
    ),
    growing.map(
      ([shortest, , cap]): BoundedPolicy => ({
        policy: decorrelatedJitter(shortest, cap),
        bounds: (_, { previousMs = shortest }) => [shortest, Math.min(cap, Math.max(shortest, 3 * previousMs))],
      }),
    ),
    wait.map(
      (interval): BoundedPolicy => ({
        policy: serverGuided(interval),
        bounds: (_, { adviceMs = interval }) => [adviceMs, adviceMs],
      }),
    ),
    wait.map((ms): BoundedPolicy => ({ policy: webhook(ms), bounds: () => [ms, ms] })),
    fc.tuple(wait, wait).map(([one, other]): BoundedPolicy => {
      const [p50Ms, p99Ms] = [Math.min(one, other), Math.max(one, other)];
      // No wait is longer than the whole of the schedule, or than a minute in the tail.
      const longest = Math.max(60_000, (p50Ms * (p99Ms / p50Ms) ** 1.7) | 0) + 1;
      return { policy: quantileGuided({ p50Ms, p99Ms }), bounds: () => [1, longest] };
    }),
    wait.map(
      (interval): BoundedPolicy => ({
        policy: etaGuided(interval),
        bounds: (_, { etaMs = 0, elapsedMs = 0 }) => {
          const left = Math.min(60_000, etaMs - elapsedMs);
          return left > 0 ? [left, left + interval] : [interval, interval];
        },
      }),
    ),
  );
}
