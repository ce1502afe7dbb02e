import type { Clock } from '../platform/clock.js';

/** Sleeps of one who can be woken. */
export interface Sleeper {
  /** Resolves at the moment, or when it is woken before. `now` is the clock's own time, just read. */
  until(moment: number, now: number): Promise<void>;
  /** Ends the sleep that goes on, if any. */
  wake(): void;
  /** Does so if it would last beyond the moment. */
  wakeFor(moment: number): void;
}

const LONGEST_SLEEP_MS = 2 ** 31 - 1;
const WOKEN = new Error('woken');

export function createSleeper(clock: Clock): Sleeper {
  let woken = new AbortController();
  let sleepingUntil = 0;
  const wake = () => {
    if (sleepingUntil > 0) woken.abort(WOKEN);
  };
  return {
    async until(moment, now) {
      // One does until it is used: a thousand of them a second are work for the garbage collector.
      if (woken.signal.aborted) woken = new AbortController();
      sleepingUntil = moment;
      await clock.sleep(Math.min(LONGEST_SLEEP_MS, moment - now), woken.signal).catch(() => undefined);
      sleepingUntil = 0;
    },
    wake,
    wakeFor(moment) {
      if (moment < sleepingUntil) wake();
    },
  };
}
