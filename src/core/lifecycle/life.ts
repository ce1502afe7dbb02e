import { type Chance, draw, typicalMs } from './distribution.js';
import type { Timing } from './timing.js';

/** How long a task takes, drawn once when it is submitted. */
export interface Life {
  readonly queuedMs: number;
  readonly runningMs: number;
  /** How far the task gets if it fails, in percent of its running time. */
  readonly failsAt: number;
}

export interface LifeOptions {
  /** Whether tasks of this vendor are seen waiting before they run. */
  readonly waits: boolean;
  readonly timing: Timing;
  /** Whether nothing ran for so long that this task waits for a start. */
  readonly cold: boolean;
  /** Multiplies the time that it runs. */
  readonly slower: number;
}

/** The draws are made in this order whatever happens to the task, so that equal seeds give equal lives. */
export function drawLife({ waits, timing, cold, slower }: LifeOptions, chance: Chance): Life {
  const start = cold && timing.coldStart !== undefined ? draw(timing.coldStart.delay, chance) : 0;
  // A vendor that calls a task running from the first moment on starts cold while it runs.
  const queuedMs = waits ? draw(timing.queued, chance) + start : 0;
  const runningMs = draw(timing.running, chance) * slower + (waits ? 0 : start);
  return { queuedMs, runningMs, failsAt: 5 + Math.floor(chance.next() * 76) };
}

/** What a vendor would announce for such a task, in whole seconds. */
export function announcedSeconds(timing: Timing, waits: boolean): number {
  return Math.max(1, Math.ceil(((waits ? typicalMs(timing.queued) : 0) + typicalMs(timing.running)) / 1000));
}
