import { UsageError } from '../errors.js';
import type { PollFacts, PollingPolicy } from './policy.js';

/** A server that asks for more patience than this is asked again after it all the same. */
const LONGEST_RETRY_AFTER_MS = 60_000;

export interface Wait {
  readonly ms: number;
  /** What the policy itself gave: the `previousMs` of the next poll. */
  readonly policyMs: number;
}

/**
 * The wait before a poll under the rules that hold for every policy. What the server asks for by `Retry-After` wins, be
 * it longer or shorter, up to a minute. And some time always passes: a policy of 0 ms, or one that draws it, would
 * otherwise ask without pause, and a virtual clock would stand still for ever.
 */
export function nextWait(policy: PollingPolicy, poll: number, facts: PollFacts = {}): Wait {
  const policyMs = policy.delayMs(poll, facts);
  if (typeof policyMs !== 'number' || Number.isNaN(policyMs))
    throw new UsageError(`The polling policy ${policy.name} gives no number for poll ${poll}`);
  const { retryAfterMs = 0 } = facts;
  // A `Retry-After` of nothing, or of a moment that is over, only says that the server has no wish.
  const ms = retryAfterMs > 0 ? Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) : policyMs;
  return { ms: Math.max(1, ms), policyMs };
}
