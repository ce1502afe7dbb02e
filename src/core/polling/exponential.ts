import type { PollingPolicy } from './policy.js';
import { definePolicy } from './policy-kind.js';

/** A wait that grows by a factor with each poll, up to a cap. */
export function exponential(firstMs: number, factor: number, capMs: number): PollingPolicy {
  return {
    name: `exponential:${firstMs}ms,${factor},${capMs}ms`,
    delayMs: (poll) => grown(firstMs, factor, capMs, poll),
  };
}

/** Without the cap a wait would soon take a good part of the time that has passed, and so would the late detection. */
export function grown(firstMs: number, factor: number, capMs: number, poll: number): number {
  return Math.min(capMs, firstMs * factor ** Math.max(0, poll - 1));
}

export const exponentialKind = definePolicy({
  id: 'exponential',
  example: '1s,1.5,45s',
  says: 'first wait, factor, longest wait',
  params: [
    { type: 'wait', name: 'the first wait' },
    { type: 'factor', name: 'the factor' },
    { type: 'cap', name: 'the longest wait' },
  ],
  build: ([first, factor, cap]) => exponential(first, factor, cap),
});
