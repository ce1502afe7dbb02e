import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import type { LoadReport } from '../core/load-report.js';
import { isLoopback } from '../core/loopback.js';
import type { Json } from '../core/pointer.js';
import { advisedPolicy, type PollingPolicy } from '../core/polling.js';
import type { Clock } from '../platform/clock.js';
import { createHttpPool, type LoadTransport } from '../platform/http-pool.js';
import { preciseClock } from '../platform/precise-clock.js';
import { unwatchedHealth, watchProcessHealth } from '../platform/process-health.js';
import { createRng } from '../platform/random.js';
import { constantArrivals } from './arrivals/constant.js';
import { poissonArrivals } from './arrivals/poisson.js';
import { type Arrivals, arrivalOffsets } from './arrivals.js';
import { drive } from './driver.js';
import { judgeGenerator } from './generator-health.js';
import type { LoadSample } from './load-sample.js';
import { type LoadTarget, type LoadTargetOptions, loadTarget } from './load-target.js';
import { submitBody } from './submit-body.js';
import { createSummary, type LoadFigures } from './summary.js';
import { parseThreshold, withThresholds } from './thresholds.js';
import { workOf } from './work.js';

export interface RunLoadOptions extends LoadTargetOptions {
  /** Tasks to start; the run ends with the last of them. This or `durationMs` is needed. */
  readonly tasks?: number;
  /** Milliseconds after which the run ends, whatever is still running. */
  readonly durationMs?: number;
  /** A cap on the tasks, whatever the duration. */
  readonly maxTasks?: number;
  /** Tasks started per second, where `arrivals` does not say. */
  readonly rate: number;
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
  /** By default a pool of real connections. */
  readonly transport?: LoadTransport;
  /** Another clock means virtual time: then the health of this process is left out of the verdict. */
  readonly clock?: Clock;
  /** Ends the run; the report tells what there is. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: LoadEvent) => void;
}

/** Every sample of the run, and once a second where it stands. */
export type LoadEvent =
  | LoadSample
  | ({ readonly type: 'progress'; readonly at: number; readonly elapsedMs: number } & Pick<
      LoadFigures,
      'tasks' | 'polls'
    >);

const PROGRESS_MS = 1000;
const TEN_MINUTES_MS = 600_000;

function checkCount(name: string, value: number | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError(`${name} must be a whole number of tasks, at least 1, is ${value}`);
}

function arrivalsOf({ arrivals = 'constant', rate }: Pick<RunLoadOptions, 'arrivals' | 'rate'>): Arrivals {
  if (typeof arrivals !== 'string') return arrivals;
  return arrivals === 'constant' ? constantArrivals(rate) : poissonArrivals(rate);
}

function policyFor({ baseUrl, submit }: LoadTarget): PollingPolicy {
  const advised = submit.task.advice?.pollInterval?.minimum;
  return advisedPolicy(isLoopback(baseUrl), advised === undefined ? undefined : parseDuration(advised));
}

/**
 * Starts tasks on plan and polls each until it ends; resolves with the report, also after an abort. Rejects only with a
 * `UsageError` for unusable options: what the target does is in the report.
 */
export async function runLoad(options: RunLoadOptions): Promise<LoadReport> {
  const target = loadTarget(options);
  const { contract, durationMs, seed, clock = preciseClock, signal, onEvent } = options;
  const arrivals = arrivalsOf(options);
  if (options.tasks === undefined && durationMs === undefined && arrivals.finite !== true)
    throw new UsageError('A load needs a number of tasks or a duration');
  if (durationMs !== undefined && !(durationMs > 0)) throw new UsageError('The duration of a load must be positive');
  const timeoutMs = options.timeoutMs ?? TEN_MINUTES_MS;
  if (!(timeoutMs > 0)) throw new UsageError('The time allowed for a task must be positive');
  const maxTasks = Math.min(checkCount('tasks', options.tasks), checkCount('maxTasks', options.maxTasks));
  const thresholds = (options.thresholds ?? []).map(parseThreshold);
  const policy = options.policy ?? policyFor(target);
  const body = submitBody(contract, target.submit, options.body);
  const { pricePerTask } = workOf(contract, target.submit, body);
  const summary = createSummary(pricePerTask === undefined ? {} : { pricePerTask });
  const startedAt = clock.now();
  let nextProgressAt = startedAt + PROGRESS_MS;
  const onSample = (sample: LoadSample) => {
    summary.add(sample);
    if (onEvent === undefined) return;
    onEvent(sample);
    const at = clock.now();
    if (at < nextProgressAt) return;
    nextProgressAt = at + PROGRESS_MS;
    const { tasks, polls } = summary.progress();
    onEvent({ type: 'progress', at, elapsedMs: at - startedAt, tasks, polls });
  };

  const pool = options.transport === undefined ? createHttpPool(target.baseUrl) : undefined;
  const transport = options.transport ?? pool?.transport;
  if (transport === undefined) throw new UsageError('A load needs a transport');
  const health = options.clock === undefined ? watchProcessHealth() : unwatchedHealth;
  try {
    await drive({
      contract,
      target,
      body,
      transport,
      clock,
      policy,
      chanceOf: (task) => createRng('polls', seed, task).next,
      arrivals: arrivalOffsets(arrivals, createRng('arrivals', seed)),
      maxTasks,
      timeoutMs,
      onSample,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    await pool?.close();
  }
  const { requests, lateStarts, ...figures } = summary.figures();
  const report: LoadReport = {
    schemaVersion: 1,
    kind: 'load',
    vendor: contract.id,
    target: target.baseUrl,
    driver: 'real',
    seed,
    policy: policy.name,
    arrivals: {
      kind: arrivals.kind,
      ...(arrivals.ratePerSecond === undefined ? {} : { ratePerSecond: arrivals.ratePerSecond }),
    },
    ...figures,
    generator: judgeGenerator(health.stop(), { lateStarts, requests }),
    thresholds: [],
  };
  return withThresholds(report, thresholds);
}
