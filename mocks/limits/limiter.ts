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
}

export interface Limiter {
  /** Accounts for one request of a key. */
  admit(key: string, kind: 'submit' | 'poll', now: number): Limited;
  /** Whether a key may start another task; `endsAt` of each started task is told by `started`. */
  hasRoom(key: string, now: number): Limited;
  started(key: string, endsAt: number): void;
}

const none: Limited = { headers: {} };

function seconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}

/** Real buckets per key, on the clock of the engine. */
export function createLimiter(rules: LimitRules | undefined): Limiter {
  const buckets = new Map<string, BucketState>();
  const running = new Map<string, number[]>();

  return {
    admit(key, kind, now) {
      const name = rules?.shared === true ? 'submit' : kind;
      const rule = rules?.[name];
      if (rule === undefined) return none;
      const slot = `${name} ${key}`;
      const taken = take(rule, buckets.get(slot), now);
      buckets.set(slot, taken.state);
      const headers = {
        'x-ratelimit-limit': String(rule.burst),
        'x-ratelimit-remaining': String(taken.remaining),
        'x-ratelimit-reset': seconds(taken.resetMs),
      };
      return taken.ok
        ? { headers }
        : { headers: { ...headers, 'retry-after': seconds(taken.retryAfterMs) }, refusal: 'rate' };
    },
    hasRoom(key, now) {
      const most = rules?.concurrency;
      if (most === undefined) return none;
      const unfinished = (running.get(key) ?? []).filter((endsAt) => endsAt > now);
      running.set(key, unfinished);
      if (unfinished.length < most) return none;
      const soonest = Math.min(...unfinished);
      return { headers: { 'retry-after': seconds(soonest - now) }, refusal: 'concurrency' };
    },
    started(key, endsAt) {
      if (rules?.concurrency !== undefined) running.set(key, [...(running.get(key) ?? []), endsAt]);
    },
  };
}
