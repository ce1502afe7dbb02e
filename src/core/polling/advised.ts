import { exponential } from './exponential.js';
import { fixed } from './fixed.js';
import type { PollingPolicy } from './policy.js';

/**
 * How to poll where the caller does not say: the vendor's advice (5 s where it gives none); on loopback quickly, since a
 * mock can be asked as often as one likes.
 */
export function advisedPolicy(loopback: boolean, advisedMinimumMs = 5000): PollingPolicy {
  return loopback ? exponential(50, 1.5, 500) : fixed(advisedMinimumMs);
}
