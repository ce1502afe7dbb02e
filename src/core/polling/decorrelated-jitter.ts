import { MIDDLE, type PollingPolicy } from './policy.js';
import { definePolicy } from './policy-kind.js';

/** By chance between the shortest wait and three times the one before: grows on average, yet may fall back at any time. */
export function decorrelatedJitter(shortestMs: number, capMs: number): PollingPolicy {
  return {
    name: `decorrelated-jitter:${shortestMs}ms,${capMs}ms`,
    delayMs: (_, { chance = MIDDLE, previousMs = shortestMs } = {}) =>
      Math.min(capMs, shortestMs + chance * Math.max(0, 3 * previousMs - shortestMs)),
  };
}

export const decorrelatedJitterKind = definePolicy({
  id: 'decorrelated-jitter',
  example: '1s,30s',
  says: 'by chance between the shortest wait and three times the last one, up to a longest',
  params: [
    { type: 'wait', name: 'the shortest wait' },
    { type: 'cap', name: 'the longest wait' },
  ],
  build: ([shortest, cap]) => decorrelatedJitter(shortest, cap),
});
