import type { AsyncTask } from '../../src/contract/async-task.js';
import { waitsInQueue } from '../../src/contract/waits-in-queue.js';
import { announcedSeconds, drawLife } from '../../src/core/lifecycle/life.js';
import type { Timing } from '../../src/core/lifecycle/timing.js';
import type { TaskError } from '../../src/core/task.js';
import type { Rng } from '../../src/platform/random.js';

/** All chance of a task, drawn once when it is submitted. Moments are Unix milliseconds. */
export interface Plan {
  readonly createdAt: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: 'succeeded' | 'failed';
  /** Set on a failed task that was cancelled, where the vendor has a word of its own for it. */
  readonly cancelled?: true;
  readonly failure?: TaskError;
  /** How far a failing task gets, in percent. */
  readonly failsAt: number;
  /** What the vendor announces, in seconds. */
  readonly etaSeconds: number;
  /** In the vendor's unit, charged on success. */
  readonly price: number;
  /** Set on a task that fails because its account was short: it was accepted, and nothing was held back for it. */
  readonly unpaid?: true;
  /** Makes the pictures of this task its own. */
  readonly seed: string;
}

export interface PlanOptions {
  readonly now: number;
  /** Divides every duration. */
  readonly speed: number;
  readonly price: number;
  readonly unpaid: boolean;
  readonly failure: TaskError | undefined;
  readonly timing: Timing;
  /** Whether nothing ran for so long that the first task waits for a start. */
  readonly cold: boolean;
  /** Multiplies the time that it runs. */
  readonly slower: number;
  readonly stuck: boolean;
  readonly rng: Rng;
}

/** A task that never ends is planned to end after any test. */
const never = 365 * 86_400_000;

/** Whether a task is stuck: its end is no moment that anybody waits for. */
export function isEndless({ startedAt, endedAt }: Plan): boolean {
  return endedAt - startedAt >= never;
}

/** What the account of a task gave for it until its end, in the vendor's unit. */
export function heldBy({ price, unpaid }: Plan): number {
  return unpaid === true ? 0 : price;
}

export function planTask(task: AsyncTask, options: PlanOptions): Plan {
  const { now, speed, rng, failure, timing } = options;
  const waits = waitsInQueue(task);
  const { queuedMs, runningMs, failsAt } = drawLife({ waits, timing, cold: options.cold, slower: options.slower }, rng);
  const seed = rng.text('0123456789abcdef', 12);
  // However fast: the answer that accepts a task shows it where its life begins, and it runs before it ends.
  const startedAt = waits ? now + Math.max(1, Math.round(queuedMs / speed)) : now;
  const wholeRun = options.stuck ? never : Math.round(runningMs / speed);
  return {
    createdAt: now,
    startedAt,
    endedAt: startedAt + Math.max(1, failure === undefined ? wholeRun : Math.round((wholeRun * failsAt) / 100)),
    outcome: failure === undefined ? 'succeeded' : 'failed',
    ...(failure === undefined ? {} : { failure }),
    failsAt,
    etaSeconds: announcedSeconds(timing, waits),
    price: options.price,
    ...(options.unpaid ? { unpaid: true } : {}),
    seed,
  };
}
