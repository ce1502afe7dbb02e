import { wordFor } from '../../src/contract/answer-shape.js';
import type { AsyncTask } from '../../src/contract/async-task.js';
import type { TaskError } from '../../src/core/task.js';
import type { Rng } from '../../src/platform/random.js';
import type { EffectiveRequest } from '../admission/effective-request.js';

/** All chance of a task, drawn once when it is submitted. Moments are Unix milliseconds. */
export interface Plan {
  readonly createdAt: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: 'succeeded' | 'failed';
  readonly failure?: TaskError;
  /** How far a failing task gets, in percent. */
  readonly failsAt: number;
  /** What the vendor announces, in seconds. */
  readonly etaSeconds: number;
  /** In the vendor's unit, charged on success. */
  readonly price: number;
  /** Makes the pictures of this task its own. */
  readonly seed: string;
}

/** Milliseconds a picture takes at speed 1; measured nowhere, chosen to feel like the real thing. */
const runningMs: Record<string, readonly [number, number]> = {
  low: [4_000, 8_000],
  medium: [7_000, 14_000],
  high: [12_000, 20_000],
};
const usualRunningMs = [7_000, 14_000] as const;
const queuedMs = [500, 2_000] as const;

export interface PlanOptions {
  readonly now: number;
  /** Divides every duration. */
  readonly speed: number;
  readonly price: number;
  readonly failure: TaskError | undefined;
  readonly rng: Rng;
}

/** Some vendors call a task running in the very answer that accepts it: then it never waits in a queue. */
function waitsInQueue(task: AsyncTask): boolean {
  const word = Object.values(task.answer).find((field) => 'from' in field && field.from === 'status');
  const written = word !== undefined && 'word' in word ? word.word : undefined;
  const words = task.status?.words ?? {};
  return written === undefined ? wordFor('queued', words) !== undefined : words[written] === 'queued';
}

export function planTask(task: AsyncTask, request: EffectiveRequest, options: PlanOptions): Plan {
  const { now, speed, rng, failure } = options;
  const [least, most] = runningMs[String(request.params.quality)] ?? usualRunningMs;
  const queued = task.mode === 'poll' && waitsInQueue(task) ? rng.integer(...queuedMs) : 0;
  const running = rng.integer(least, most);
  const failsAt = rng.integer(5, 80);
  const seed = rng.text('0123456789abcdef', 12);
  const startedAt = now + queued / speed;
  const wholeRun = running / speed;
  return {
    createdAt: now,
    startedAt,
    endedAt: startedAt + (failure === undefined ? wholeRun : (wholeRun * failsAt) / 100),
    outcome: failure === undefined ? 'succeeded' : 'failed',
    ...(failure === undefined ? {} : { failure }),
    failsAt,
    etaSeconds: Math.ceil((queued + (least + most) / 2) / 1000),
    price: options.price,
    seed,
  };
}
