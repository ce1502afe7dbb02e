import { type BucketRule, type BucketState, take } from './token-bucket.js';

/** How much one key may do. A limit that is not given does not exist. */
export interface LimitRules {
  readonly submit?: BucketRule;
  readonly poll?: BucketRule;
  /** Polls are taken out of the submits' bucket. */
  readonly shared?: boolean;
  /** Tasks of one key that may be unfinished at once. */
  readonly concurrency?: number;
}

interface Limited {
  /** True rate headers, also on answers that go through. */
  readonly headers: Readonly<Record<string, string>>;
  /** Set when the request is turned away. */
  readonly refusal?: 'rate' | 'concurrency';
  /** The bucket after something was taken out of it. */
  readonly level?: BucketLevel;
}

export interface Limiter {
  /** Accounts for one request of a key. */
  admit(key: string, kind: 'submit' | 'poll', now: number): Limited;
  /** Whether a key may start another task; `endsAt` of each started task is told by `started`. */
  hasRoom(key: string, now: number): Limited;
  started(key: string, endsAt: number): void;
  /** Frees the place of a task that was to end at that moment and is gone before. */
  ended(key: string, endsAt: number): void;
  /** How full each bucket was when it was last looked at; running tasks are no part of it. */
  levels(): BucketLevel[];
  restore(level: BucketLevel): void;
}

/** How full a bucket was at a moment. */
export interface BucketLevel extends BucketState {
  readonly key: string;
  readonly bucket: 'submit' | 'poll';
}

const none: Limited = { headers: {} };

function seconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}

/** Real buckets per key, on the clock of the engine. */
export function createLimiter(rules: LimitRules | undefined): Limiter {
  const buckets = { submit: new Map<string, BucketState>(), poll: new Map<string, BucketState>() };
  const running = new Map<string, number[]>();

  return {
    admit(key, kind, now) {
      const name = rules?.shared === true ? 'submit' : kind;
      const rule = rules?.[name];
      if (rule === undefined) return none;
      const taken = take(rule, buckets[name].get(key), now);
      buckets[name].set(key, taken.state);
      const headers = {
        'x-ratelimit-limit': String(rule.burst),
        'x-ratelimit-remaining': String(taken.remaining),
        'x-ratelimit-reset': seconds(taken.resetMs),
      };
      return taken.ok
        ? { headers, level: { key, bucket: name, ...taken.state } }
        : { headers: { ...headers, 'retry-after': seconds(taken.retryAfterMs) }, refusal: 'rate' };
    },
    hasRoom(key, now) {
      const most = rules?.concurrency;
      if (most === undefined) return none;
      const unfinished = (running.get(key) ?? []).filter((endsAt) => endsAt > now);
      running.set(key, unfinished);
      if (unfinished.length < most) return none;
      const soonest = Math.min(...unfinished);
      // Where no task ever ends, no moment would be true.
      const headers = Number.isFinite(soonest) ? { 'retry-after': seconds(soonest - now) } : {};
      return { headers, refusal: 'concurrency' };
    },
    started(key, endsAt) {
      if (rules?.concurrency !== undefined) running.set(key, [...(running.get(key) ?? []), endsAt]);
    },
    ended(key, endsAt) {
      const unfinished = running.get(key) ?? [];
      const place = unfinished.indexOf(endsAt);
      if (place >= 0) running.set(key, unfinished.toSpliced(place, 1));
    },
    levels: () =>
      (['submit', 'poll'] as const).flatMap((bucket) =>
        [...buckets[bucket]].map(([key, state]) => ({ key, bucket, ...state })),
      ),
    restore({ key, bucket, tokens, at }) {
      buckets[bucket].set(key, { tokens, at });
    },
  };
}
