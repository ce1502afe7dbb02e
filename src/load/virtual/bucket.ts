/** A bucket that fills with time: as many requests as it holds go through at once, then as many as flow in. */
export interface BucketRule {
  /** Requests per second that flow in. */
  readonly perSecond: number;
  /** Requests that it holds when full. */
  readonly burst: number;
}

export interface Bucket {
  /** Milliseconds until a request would go through; 0 when one was taken just now. */
  take(now: number): number;
}

/** Full at the beginning. Moments must not fall. */
export function createBucket({ perSecond, burst }: BucketRule): Bucket {
  let tokens = burst;
  let filledAt = 0;
  return {
    take(now) {
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return ((1 - tokens) / perSecond) * 1000;
    },
  };
}
