import { type Clock, systemClock } from './clock.js';

/** Timers count whole milliseconds, so that they are up to one late; the rest is waited for by turns of the event loop. */
const TIMER_STEP_MS = 1;
/** Turning costs a processor, so it gets this share of the time at most, and beyond it sleeps are as late as timers. */
const TURNING_SHARE = 0.1;
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

function createPreciseClock(): Clock {
  let allowanceMs = MOST_TURNING_MS;
  let countedAt = now();

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
      allowanceMs = Math.min(MOST_TURNING_MS, allowanceMs + TURNING_SHARE * (startedAt - countedAt));
      countedAt = startedAt;
      if (allowanceMs <= 0) return systemClock.sleep(moment - startedAt, signal);
      await turnUntil(moment, signal);
      allowanceMs -= now() - startedAt;
    },
  };
}

/**
 * The machine's time with fractions of a millisecond, never going back: latencies of a fast server are shorter than
 * one step of `systemClock`. It may drift from it by the corrections that the system clock gets while the process runs.
 */
export const preciseClock: Clock = createPreciseClock();
