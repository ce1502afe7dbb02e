import { UsageError } from '../core/errors.js';
import type { Json } from '../core/pointer.js';
import type { PollingPolicy } from '../core/polling.js';
import type { CallbackReceiver } from '../platform/callback-receiver.js';
import type { Clock } from '../platform/clock.js';
import type { LoadTransport } from '../platform/http-pool.js';
import { constantArrivals } from './arrivals/constant.js';
import { poissonArrivals } from './arrivals/poisson.js';
import type { Arrivals } from './arrivals.js';
import type { LoadCeiling } from './ceiling.js';
import type { LiveFigures } from './live-figures.js';
import type { LoadSample } from './load-sample.js';
import type { LoadTargetOptions } from './load-target.js';
import type { LostCalls } from './lost-share.js';
import type { StageWindow } from './metrics/stages.js';
import type { LoadFigures } from './summary.js';
import type { LoadWorkers } from './workers/crew-of-workers.js';

export interface RunLoadOptions extends LoadTargetOptions {
  /** Tasks to start; the run ends with the last of them. This or `durationMs` is needed. */
  readonly tasks?: number;
  /** Milliseconds after which the run ends, whatever is still running. */
  readonly durationMs?: number;
  /** A cap on the tasks, whatever the duration. */
  readonly maxTasks?: number;
  /** Tasks started per second, where `arrivals` does not say. */
  readonly rate: number;
  /** Starts in any one second at most; arrivals of their own rate that exceed it are refused. Needed for those elsewhere. */
  readonly mostPerSecond?: number;
  /** `constant`, the default, and `poisson` are at the rate. */
  readonly arrivals?: Arrivals | 'constant' | 'poisson';
  /** By default as the vendor advises; quick on loopback. */
  readonly policy?: PollingPolicy;
  /** Equal seeds start tasks at equal moments and draw equal waits. */
  readonly seed: number;
  /** Milliseconds from a task's planned start until it is given up; 10 minutes by default. */
  readonly timeoutMs?: number;
  /** The body of every submit, as it is; by default an example of the contract with a prompt of ours. */
  readonly body?: Json;
  /** `poll.p99<50ms` and the like. */
  readonly thresholds?: readonly string[];
  /** Milliseconds from the start after which a missed threshold ends the run; without it thresholds judge at the end. */
  readonly abortAfterMs?: number;
  /** Milliseconds from the start whose requests and tasks are left out of the figures; none by default. */
  readonly warmUpMs?: number;
  /** Milliseconds without any answer after which the target counts as dead and the run ends; 10 seconds by default. */
  readonly giveUpAfterMs?: number;
  /** Takes the calls of the target; needed by a policy that waits to be called back. */
  readonly receiver?: CallbackReceiver;
  /** Share of the calls that are to be lost on the way; none by default. */
  readonly lostCalls?: LostCalls;
  /** Parts of the run that get figures of their own. */
  readonly stages?: readonly StageWindow[];
  /** A name for the report, and what of that scenario this run does not have. */
  readonly scenario?: string;
  readonly leftOut?: readonly string[];
  /** Nobody else uses the account meanwhile: then what it is charged must be what the tasks cost. */
  readonly ownAccount?: boolean;
  /** Threads that share the load; by default this one drives all of it. Then `onEvent` gets no samples. */
  readonly workers?: LoadWorkers;
  /** By default a pool of real connections. */
  readonly transport?: LoadTransport;
  /** Another clock means virtual time: then the health of this process is left out of the verdict. */
  readonly clock?: Clock;
  /** Ends the run; the report tells what there is. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: LoadEvent) => void;
}

/** First what the run may do at most, then every sample of it, and once a second where it stands. */
export type LoadEvent =
  | LoadSample
  | { readonly type: 'planned'; readonly ceiling: LoadCeiling }
  | ({ readonly type: 'progress'; readonly at: number; readonly elapsedMs: number; readonly live: LiveFigures } & Pick<
      LoadFigures,
      'tasks' | 'polls'
    >);

/** Throws a `UsageError` for what is no number of tasks. */
export function checkCount(name: string, value: number | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError(`${name} must be a whole number of tasks, at least 1, is ${value}`);
}

export function arrivalsOf({ arrivals = 'constant', rate }: Pick<RunLoadOptions, 'arrivals' | 'rate'>): Arrivals {
  if (typeof arrivals !== 'string') return arrivals;
  return arrivals === 'constant' ? constantArrivals(rate) : poissonArrivals(rate);
}

function checkPositive(what: string, ms: number | undefined): void {
  if (ms !== undefined && !(ms > 0)) throw new UsageError(`${what} must be positive, is ${ms}ms`);
}

/** Throws a `UsageError` for times at which nothing could happen. */
export function checkTimes({ durationMs, timeoutMs, warmUpMs, abortAfterMs, giveUpAfterMs }: RunLoadOptions): void {
  checkPositive('The duration of a load', durationMs);
  checkPositive('The time allowed for a task', timeoutMs);
  checkPositive('The time after which a silent target is given up', giveUpAfterMs);
  if (abortAfterMs !== undefined && !(abortAfterMs >= 0))
    throw new UsageError(`The time after which a threshold may end the run must not be negative, is ${abortAfterMs}ms`);
  if (warmUpMs !== undefined && !(warmUpMs >= 0 && warmUpMs < (durationMs ?? Number.POSITIVE_INFINITY)))
    throw new UsageError(`The warm-up must be shorter than the run, is ${warmUpMs}ms of ${durationMs}ms`);
}
