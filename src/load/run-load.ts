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
import { type LoadCeiling, loadCeiling } from './ceiling.js';
import { drive } from './driver.js';
import { missedSoFar, withoutLive } from './early-end.js';
import { judgeGenerator } from './generator-health.js';
import type { LiveFigures } from './live-figures.js';
import type { LoadSample } from './load-sample.js';
import { type LoadTarget, type LoadTargetOptions, loadTarget } from './load-target.js';
import { observeRun } from './observe-run.js';
import { submitBody } from './submit-body.js';
import type { LoadFigures } from './summary.js';
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
  /** Milliseconds from the start after which a missed threshold ends the run; without it thresholds judge at the end. */
  readonly abortAfterMs?: number;
  /** Milliseconds from the start whose requests and tasks are left out of the figures; none by default. */
  readonly warmUpMs?: number;
  /** Milliseconds without any answer after which the target counts as dead and the run ends; 10 seconds by default. */
  readonly giveUpAfterMs?: number;
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

const TEN_MINUTES_MS = 600_000;
const GIVE_UP_AFTER_MS = 10_000;

function checkCount(name: string, value: number | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError(`${name} must be a whole number of tasks, at least 1, is ${value}`);
}

function arrivalsOf({ arrivals = 'constant', rate }: Pick<RunLoadOptions, 'arrivals' | 'rate'>): Arrivals {
  if (typeof arrivals !== 'string') return arrivals;
  return arrivals === 'constant' ? constantArrivals(rate) : poissonArrivals(rate);
}

/** Milliseconds that the vendor advises between two polls. */
export function adviceOf({ submit }: LoadTarget): number | undefined {
  const advised = submit.task.advice?.pollInterval?.minimum;
  return advised === undefined ? undefined : parseDuration(advised);
}

/** As the vendor advises; quick on loopback. */
export function policyFor(target: LoadTarget): PollingPolicy {
  return advisedPolicy(isLoopback(target.baseUrl), adviceOf(target));
}

function checkPositive(what: string, ms: number | undefined): void {
  if (ms !== undefined && !(ms > 0)) throw new UsageError(`${what} must be positive, is ${ms}ms`);
}

function checkTimes({ durationMs, timeoutMs, warmUpMs, abortAfterMs, giveUpAfterMs }: RunLoadOptions): void {
  checkPositive('The duration of a load', durationMs);
  checkPositive('The time allowed for a task', timeoutMs);
  checkPositive('The time after which a silent target is given up', giveUpAfterMs);
  if (abortAfterMs !== undefined && !(abortAfterMs >= 0))
    throw new UsageError(`The time after which a threshold may end the run must not be negative, is ${abortAfterMs}ms`);
  if (warmUpMs !== undefined && !(warmUpMs >= 0 && warmUpMs < (durationMs ?? Number.POSITIVE_INFINITY)))
    throw new UsageError(`The warm-up must be shorter than the run, is ${warmUpMs}ms of ${durationMs}ms`);
}

/**
 * Starts tasks on plan and polls each until it ends; resolves with the report, also after an abort, which marks it as
 * `partial`. Rejects only with a `UsageError` for unusable options: what the target does is in the report.
 */
export async function runLoad(options: RunLoadOptions): Promise<LoadReport> {
  const target = loadTarget(options);
  const { contract, durationMs, seed, clock = preciseClock, signal, onEvent, abortAfterMs, warmUpMs = 0 } = options;
  const arrivals = arrivalsOf(options);
  if (options.tasks === undefined && durationMs === undefined && arrivals.finite !== true)
    throw new UsageError('A load needs a number of tasks or a duration');
  checkTimes(options);
  const maxTasks = Math.min(checkCount('tasks', options.tasks), checkCount('maxTasks', options.maxTasks));
  const thresholds = (options.thresholds ?? []).map(parseThreshold);
  const policy = options.policy ?? policyFor(target);
  const body = submitBody(contract, target.submit, options.body);
  const { pricePerTask } = workOf(contract, target.submit, body);
  const ceiling = loadCeiling({
    target: target.baseUrl,
    tasks: maxTasks,
    ratePerSecond: arrivals.ratePerSecond,
    durationMs: durationMs ?? Number.POSITIVE_INFINITY,
    unit: target.submit.task.price?.unit ?? '',
    pricePerTask,
  });
  onEvent?.({ type: 'planned', ceiling });

  const pool = options.transport === undefined ? createHttpPool(target.baseUrl) : undefined;
  const transport = options.transport ?? pool?.transport;
  if (transport === undefined) throw new UsageError('A load needs a transport');
  const health = options.clock === undefined ? watchProcessHealth() : unwatchedHealth;
  const startedAt = clock.now();
  let partial: string | undefined;
  const stop = new AbortController();
  const endEarly = (reason: string) => {
    partial ??= reason;
    stop.abort();
  };
  const onInterrupt = () => endEarly('it was interrupted');

  const reportOf = (generator: LoadReport['generator'], figures: Omit<LoadFigures, 'requests' | 'lateStarts'>) => {
    const report: LoadReport = {
      schemaVersion: 1,
      kind: 'load',
      vendor: contract.id,
      target: target.baseUrl,
      seed,
      driver: options.clock === undefined ? 'real' : 'virtual',
      policy: policy.name,
      arrivals: {
        kind: arrivals.kind,
        ...(arrivals.ratePerSecond === undefined ? {} : { ratePerSecond: arrivals.ratePerSecond }),
      },
      ...(warmUpMs === 0 ? {} : { warmUp: { durationMs: warmUpMs, tasks: run.warmUpTasks() } }),
      ...figures,
      durationMs: Math.round(clock.now() - startedAt),
      generator,
      thresholds: [],
      ...(partial === undefined ? {} : { partial }),
    };
    // In a run that was cut short nobody knows how the rest of the tasks would have ended.
    return partial === undefined
      ? withThresholds(report, thresholds)
      : { ...report, thresholds: withThresholds(withoutLive(report), thresholds).thresholds };
  };
  const unjudged = { lateStarts: 0, eventLoopDelayP99Ms: 0, cpuShare: 0, valid: true };

  const run = observeRun({
    startedAt,
    warmUpMs,
    ...(pricePerTask === undefined ? {} : { pricePerTask }),
    giveUpAfterMs: options.giveUpAfterMs ?? GIVE_UP_AFTER_MS,
    now: clock.now,
    ...(onEvent === undefined ? {} : { onSample: onEvent }),
    onWarm: health.restart,
    onDead: endEarly,
    onLook(at, live) {
      const elapsedMs = at - startedAt;
      onEvent?.({ type: 'progress', at, elapsedMs, ...run.progress(), live });
      if (abortAfterMs === undefined || thresholds.length === 0 || elapsedMs < Math.max(abortAfterMs, warmUpMs)) return;
      const { requests: _, lateStarts, ...figures } = run.figures();
      const soFar = withoutLive(reportOf({ ...unjudged, lateStarts }, figures));
      const missed = missedSoFar(withThresholds(soFar, thresholds).thresholds);
      if (missed !== undefined) endEarly(missed);
    },
  });

  if (signal?.aborted) onInterrupt();
  signal?.addEventListener('abort', onInterrupt, { once: true });
  let overdue = 0;
  try {
    overdue = await drive({
      contract,
      target,
      body,
      transport,
      clock,
      policy,
      adviceMs: adviceOf(target),
      chanceOf: (task) => createRng('polls', seed, task).next,
      arrivals: arrivalOffsets(arrivals, createRng('arrivals', seed)),
      maxTasks,
      timeoutMs: options.timeoutMs ?? TEN_MINUTES_MS,
      onSample: run.add,
      ...(durationMs === undefined ? {} : { durationMs }),
      signal: stop.signal,
    });
  } finally {
    signal?.removeEventListener('abort', onInterrupt);
    await pool?.close();
  }
  const { requests, lateStarts, ...figures } = run.figures();
  return reportOf(
    judgeGenerator(health.stop(), { lateStarts: lateStarts + overdue, requests: requests + overdue }),
    figures,
  );
}
