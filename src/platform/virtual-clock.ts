import type { Clock } from './clock.js';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A clock that moves only when told to. */
export interface VirtualClock extends Clock {
  /** Moves time forward and wakes, in order, everyone whose moment has come. */
  advance(ms: number): void;
  /** The moment of whoever wakes next; undefined where nobody sleeps. */
  nextWake(): number | undefined;
  /**
   * Runs a piece of work to its end, jumping to the next sleeper's moment whenever nothing else is going on.
   * Real work (an image encode, a socket) must be wrapped in `hold`, so that time waits for it.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Keeps time still until the promise settles. */
  hold<T>(work: Promise<T>): Promise<T>;
  /** Lets time go on while a piece of work inside a `hold` waits for it. */
  release<T>(work: Promise<T>): Promise<T>;
}

/** Starts at a fixed moment, so that two runs are equal to the byte. */
export function createVirtualClock(startMs = Date.UTC(2025, 0, 1)): VirtualClock {
  let now = startMs;
  let order = 0;
  let held = 0;
  let running = 0;
  let pumping = false;
  const sleepers: Sleeper[] = [];

  const wakeUntil = (moment: number) => {
    for (;;) {
      const next = sleepers[0];
      if (next === undefined || next.at > moment) break;
      sleepers.shift();
      now = Math.max(now, next.at);
      next.wake();
    }
    now = Math.max(now, moment);
  };

  // A macrotask between two steps lets every promise that the last step released run first.
  const pump = () => {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      if (running === 0) return;
      if (held === 0 && sleepers[0] !== undefined) wakeUntil(sleepers[0].at);
      if (sleepers.length > 0 && held === 0) pump();
    });
  };

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          const index = sleepers.indexOf(sleeper);
          if (index >= 0) sleepers.splice(index, 1);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          at: now + Math.max(0, ms),
          order: order++,
          wake: () => {
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        const index = sleepers.findIndex((other) => other.at > sleeper.at);
        sleepers.splice(index < 0 ? sleepers.length : index, 0, sleeper);
        signal?.addEventListener('abort', onAbort, { once: true });
        pump();
      }),
    nextWake: () => sleepers[0]?.at,
    advance: (ms) => wakeUntil(now + Math.max(0, ms)),
    async run(work) {
      running += 1;
      pump();
      try {
        return await work();
      } finally {
        running -= 1;
      }
    },
    async hold(work) {
      held += 1;
      try {
        return await work;
      } finally {
        held -= 1;
        pump();
      }
    },
    async release(work) {
      held -= 1;
      pump();
      try {
        return await work;
      } finally {
        held += 1;
      }
    },
  };
}
