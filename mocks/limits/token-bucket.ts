/** A bucket that fills with time: as many requests as it holds go through at once, then as many as flow in. */
export interface BucketRule {
  /** Requests per second that flow in. */
  readonly perSecond: number;
  /** Requests that it holds when full. */
  readonly burst: number;
}

export interface BucketState {
  readonly tokens: number;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface Taken {
  readonly ok: boolean;
  readonly state: BucketState;
  /** Whole requests that are left. */
  readonly remaining: number;
  /** Milliseconds until one request would go through. */
  readonly retryAfterMs: number;
  /** Milliseconds until the bucket is full again. */
  readonly resetMs: number;
}

/** Takes one request out of a bucket, if there is one. A pure function of rule, state and time. */
export function take({ perSecond, burst }: BucketRule, before: BucketState | undefined, now: number): Taken {
  const flowed = before === undefined ? burst : before.tokens + ((now - before.at) / 1000) * perSecond;
  const filled = Math.min(burst, flowed);
  const ok = filled >= 1;
  const tokens = ok ? filled - 1 : filled;
  return {
    ok,
    state: { tokens, at: now },
    remaining: Math.floor(tokens),
    retryAfterMs: tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1000,
    resetMs: ((burst - tokens) / perSecond) * 1000,
  };
}
