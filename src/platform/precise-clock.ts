import { type Clock, systemClock } from './clock.js';

/**
 * The machine's time with fractions of a millisecond, never going back: latencies of a fast server are shorter than
 * one step of `systemClock`. It may drift from it by the corrections that the system clock gets while the process runs.
 */
export const preciseClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: systemClock.sleep,
};
