import { type Clock, systemClock } from './clock.js';

/** Timers count whole milliseconds, so that they are up to one late; the rest is waited for by turns of the event loop. */
const TIMER_STEP_MS = 1;
/**
 * Turning costs a processor, so it gets a share of the time at most, and beyond it sleeps are as late as timers: more for
 * the last part of a sleep, which makes hundreds of requests a second exact, than for sleeps too short for any timer.
 */
const REST_SHARE = 0.25;
const SHORT_SHARE = 0.1;
const MOST_TURNING_MS = 100;

const now = () => performance.timeOrigin + performance.now();

/** Resolves at the moment, or after one turn when it has come; rejects when the signal has aborted. */
function turnUntil(moment: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = () => {
      if (signal?.aborted) reject(signal.reason);
      else if (now() >= moment) resolve();
      else setImmediate(turn);
    };
    setImmediate(turn);
  });
}

/** Time for turning that grows with the time that passes. */
function createAllowance(share: number) {
  let leftMs = MOST_TURNING_MS;
  let countedAt = now();
  return {
    isLeft(at: number): boolean {
      leftMs = Math.min(MOST_TURNING_MS, leftMs + share * (at - countedAt));
      countedAt = at;
      return leftMs > 0;
    },
    spend(ms: number): void {
      leftMs -= ms;
    },
  };
}

function createPreciseClock(): Clock {
  const forRests = createAllowance(REST_SHARE);
  const forShort = createAllowance(SHORT_SHARE);

  return {
    now,
    async sleep(ms, signal) {
      const moment = now() + ms;
      // A sleep of nothing only gives the answers that have come their turn.
      if (ms <= 0) return turnUntil(moment, signal);
      const whole = Math.floor(ms / TIMER_STEP_MS) * TIMER_STEP_MS;
      if (whole > 0) await systemClock.sleep(whole, signal);
      const startedAt = now();
      if (startedAt >= moment) return;
      const allowance = whole > 0 ? forRests : forShort;
      if (!allowance.isLeft(startedAt)) return systemClock.sleep(moment - startedAt, signal);
      await turnUntil(moment, signal);
      allowance.spend(now() - startedAt);
    },
  };
}

/**
 * The machine's time with fractions of a millisecond, never going back: latencies of a fast server are shorter than
 * one step of `systemClock`. It may drift from it by the corrections that the system clock gets while the process runs.
 */
export const preciseClock: Clock = createPreciseClock();
