import { grown } from './exponential.js';
import { MIDDLE, type PollingPolicy } from './policy.js';
import { definePolicy } from './policy-kind.js';

/** Anything from nothing to the wait of `exponential`: spreads clients best, and lets some of them ask very soon. */
export function fullJitter(firstMs: number, factor: number, capMs: number): PollingPolicy {
  return {
    name: `full-jitter:${firstMs}ms,${factor},${capMs}ms`,
    delayMs: (poll, { chance = MIDDLE } = {}) => chance * grown(firstMs, factor, capMs, poll),
  };
}

export const fullJitterKind = definePolicy({
  id: 'full-jitter',
  example: '1s,2,30s',
  says: 'by chance between nothing and the exponential wait',
  params: [
    { type: 'wait', name: 'the first wait' },
    { type: 'factor', name: 'the factor' },
    { type: 'cap', name: 'the longest wait' },
  ],
  build: ([first, factor, cap]) => fullJitter(first, factor, cap),
});
