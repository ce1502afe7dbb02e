import { nextWait, type PollFacts, type PollingPolicy } from '../../core/polling.js';

export interface Waits {
  /** Milliseconds before a poll; a previous wait below 0 means that there was none. */
  next(
    poll: number,
    elapsedMs: number,
    previousMs: number,
    etaMs: number,
    retryAfterMs: number,
    chance: number,
  ): number;
  /** What the policy itself gave in the last call. */
  policyMs(): number;
}

/** Asks a policy, by the rules that hold for all of them, with one object of facts that is filled again each time. */
export function createWaits(policy: PollingPolicy, adviceMs: number | undefined): Waits {
  const facts: { -readonly [Key in keyof PollFacts]: PollFacts[Key] | undefined } = {
    chance: 0,
    previousMs: undefined,
    elapsedMs: 0,
    etaMs: undefined,
    adviceMs,
    retryAfterMs: 0,
  };
  let policyMs = 0;
  return {
    next(poll, elapsedMs, previousMs, etaMs, retryAfterMs, chance) {
      facts.chance = chance;
      facts.previousMs = previousMs < 0 ? undefined : previousMs;
      facts.elapsedMs = elapsedMs;
      facts.etaMs = etaMs > 0 ? etaMs : undefined;
      facts.retryAfterMs = retryAfterMs;
      const wait = nextWait(policy, poll, facts as PollFacts);
      policyMs = wait.policyMs;
      return wait.ms;
    },
    policyMs: () => policyMs,
  };
}
