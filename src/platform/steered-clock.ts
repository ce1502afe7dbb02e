import type { Clock } from './clock.js';
import { createVirtualClock, type VirtualClock } from './virtual-clock.js';

/** A virtual clock that can also be let go: then its time passes as fast as the machine's. */
export interface SteeredClock extends VirtualClock {
  readonly frozen: boolean;
  freeze(): void;
  flow(): void;
}

/** How fine the steps of a flowing clock are. */
const stepMs = 5;

/** Stands still at first. */
export function createSteeredClock(startMs?: number): SteeredClock {
  const clock = createVirtualClock(startMs);
  let timer: NodeJS.Timeout | undefined;
  const freeze = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    ...clock,
    get frozen() {
      return timer === undefined;
    },
    freeze,
    flow() {
      if (timer !== undefined) return;
      let last = performance.now();
      timer = setInterval(() => {
        const now = performance.now();
        const passed = Math.floor(now - last);
        last += passed;
        clock.advance(passed);
      }, stepMs);
      // Time that passes is no reason to stay alive.
      timer.unref();
    },
  };
}

/** A clock that moves when told, or undefined for one that goes by itself. */
export function asVirtual(clock: Clock): (VirtualClock & Partial<SteeredClock>) | undefined {
  return 'advance' in clock && typeof clock.advance === 'function' ? (clock as VirtualClock) : undefined;
}
