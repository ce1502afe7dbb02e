import { grown } from './exponential.js';
import { MIDDLE, type PollingPolicy } from './policy.js';
import { definePolicy } from './policy-kind.js';

/** Half the wait of `exponential`, and by chance up to as much again: no wait is very short. */
export function equalJitter(firstMs: number, factor: number, capMs: number): PollingPolicy {
  return {
    name: `equal-jitter:${firstMs}ms,${factor},${capMs}ms`,
    delayMs: (poll, { chance = MIDDLE } = {}) => (grown(firstMs, factor, capMs, poll) * (1 + chance)) / 2,
  };
}

export const equalJitterKind = definePolicy({
  id: 'equal-jitter',
  example: '1s,2,30s',
  says: 'by chance between half and the whole exponential wait',
  params: [
    { type: 'wait', name: 'the first wait' },
    { type: 'factor', name: 'the factor' },
    { type: 'cap', name: 'the longest wait' },
  ],
  build: ([first, factor, cap]) => equalJitter(first, factor, cap),
});
