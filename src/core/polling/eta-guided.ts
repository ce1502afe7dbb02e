import { MIDDLE, type PollingPolicy } from './policy.js';
import { definePolicy } from './policy-kind.js';

/** A vendor's estimate may be wrong by far: nobody waits longer than this for it without asking. */
const LONGEST_MS = 60_000;

/**
 * Sleeps until about the moment at which the vendor expects the task to be done, then asks at a short interval. Up to
 * one interval is added by chance, so that tasks with one estimate are not all asked for at once. Without an estimate
 * the short interval is all there is.
 */
export function etaGuided(intervalMs: number): PollingPolicy {
  return {
    name: `eta:${intervalMs}ms`,
    delayMs(_, { chance = MIDDLE, elapsedMs = 0, etaMs = 0 } = {}) {
      const left = Math.min(LONGEST_MS, etaMs - elapsedMs);
      return left > 0 ? left + chance * intervalMs : intervalMs;
    },
  };
}

export const etaGuidedKind = definePolicy({
  id: 'eta',
  example: '500ms',
  says: 'first about as long as the vendor expects, then this interval',
  params: [{ type: 'wait', name: 'the interval' }],
  build: ([interval]) => etaGuided(interval),
});
