import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import type { LoadReport } from '../core/load-report.js';
import { isLoopback } from '../core/loopback.js';
import { advisedPolicy, type PollingPolicy } from '../core/polling.js';
import { ambientChance } from '../platform/ambient-chance.js';
import type { Clock } from '../platform/clock.js';
import { createHttpPool } from '../platform/http-pool.js';
import { preciseClock } from '../platform/precise-clock.js';
import { unwatchedHealth, watchProcessHealth } from '../platform/process-health.js';
import { createRng } from '../platform/random.js';
import { brokenAccount, usedByAccount } from './account.js';
import { arrivalOffsets } from './arrivals.js';
import { type CallDesk, createCallDesk } from './call-desk.js';
import { checkPeak, loadCeiling } from './ceiling.js';
import { drive } from './driver.js';
import { missedSoFar, withoutLive } from './early-end.js';
import { judgeGenerator } from './generator-health.js';
import { type LoadTarget, loadTarget } from './load-target.js';
import { lostShareAt } from './lost-share.js';
import { brokenByTarget, checkSums } from './metrics/invariants.js';
import { observeRun } from './observe-run.js';
import { arrivalsOf, checkCount, checkTimes, type RunLoadOptions } from './run-load-options.js';
import { submitBody } from './submit-body.js';
import type { LoadFigures } from './summary.js';
import { parseThreshold, withThresholds } from './thresholds.js';
import { workOf } from './work.js';

export type { LoadEvent, RunLoadOptions } from './run-load-options.js';

const TEN_MINUTES_MS = 600_000;
const GIVE_UP_AFTER_MS = 10_000;
const TOKEN = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Milliseconds that the vendor advises between two polls. */
export function adviceOf({ submit }: LoadTarget): number | undefined {
  const advised = submit.task.advice?.pollInterval?.minimum;
  return advised === undefined ? undefined : parseDuration(advised);
}

/** As the vendor advises; quick on loopback. */
export function policyFor(target: LoadTarget): PollingPolicy {
  return advisedPolicy(isLoopback(target.baseUrl), adviceOf(target));
}

/** Where the target calls, for a policy that waits for it. Throws a `UsageError` where it cannot or does not call. */
function callDeskFor(options: RunLoadOptions, policy: PollingPolicy, clock: Clock): CallDesk | undefined {
  const { contract, receiver, lostCalls = 0, seed } = options;
  if (policy.callback !== true) return undefined;
  if (contract.submit?.task.request.callback === undefined)
    throw new UsageError(`${contract.id} does not call back, so the policy ${policy.name} has nothing to wait for`);
  if (receiver === undefined)
    throw new UsageError(`The policy ${policy.name} waits to be called back, and nothing here can be called`);
  const startedAt = clock.now();
  const isLost = (task: number) =>
    createRng('calls', seed, task).next() < lostShareAt(lostCalls, clock.now() - startedAt);
  return createCallDesk({ receiver, token: `load-${createRng(ambientChance()).text(TOKEN, 12)}`, isLost });
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
  const calls = callDeskFor(options, policy, clock);
  const body = submitBody(contract, target.submit, options.body, calls?.urlOf);
  const { pricePerTask } = workOf(contract, target.submit, body);
  const unit = target.submit.task.price?.unit ?? '';
  const ceiling = loadCeiling({
    target: target.baseUrl,
    tasks: maxTasks,
    ratePerSecond: arrivals.ratePerSecond ?? options.mostPerSecond,
    durationMs: durationMs ?? Number.POSITIVE_INFINITY,
    unit,
    pricePerTask,
  });
  if (options.mostPerSecond !== undefined)
    checkPeak(arrivals, options.mostPerSecond, createRng('arrivals', seed), {
      maxTasks,
      durationMs: durationMs ?? Number.POSITIVE_INFINITY,
    });
  onEvent?.({ type: 'planned', ceiling });

  const pool = options.transport === undefined ? createHttpPool(target.baseUrl) : undefined;
  const transport = options.transport ?? pool?.transport;
  if (transport === undefined) throw new UsageError('A load needs a transport');
  const used = options.ownAccount === true ? usedByAccount(contract, target, transport) : undefined;
  const usedBefore = await used?.();
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
      ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
      ...(options.leftOut === undefined ? {} : { leftOut: options.leftOut }),
      policy: policy.name,
      arrivals: {
        kind: arrivals.kind,
        name: arrivals.name,
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
    summary: {
      ...(pricePerTask === undefined ? {} : { pricePerTask }),
      ...(options.stages === undefined ? {} : { stages: options.stages }),
      startedAt,
      calledBack: calls !== undefined,
    },
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
  let usedAfter: number | undefined;
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
      ...(calls === undefined ? {} : { calls }),
      onSample: run.add,
      ...(durationMs === undefined ? {} : { durationMs }),
      signal: stop.signal,
    });
  } finally {
    signal?.removeEventListener('abort', onInterrupt);
    calls?.close();
    usedAfter = await used?.().catch(() => undefined);
    await pool?.close();
  }
  const { requests, lateStarts, ...figures } = run.figures();
  checkSums(figures);
  const { succeeded, abandoned, live } = figures.tasks;
  const account = { before: usedBefore, after: usedAfter, unit, pricePerTask };
  const uncertain = abandoned + live + run.warmUpTasks();
  const broken = [...brokenByTarget(figures), ...brokenAccount({ ...account, succeeded, uncertain })];
  const report = reportOf(
    judgeGenerator(health.stop(), { lateStarts: lateStarts + overdue, requests: requests + overdue }),
    figures,
  );
  return broken.length === 0 ? report : { ...report, broken };
}
