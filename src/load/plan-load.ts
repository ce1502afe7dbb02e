import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { advisedPolicy, type PollingPolicy } from '../core/polling.js';
import { ambientChance } from '../platform/ambient-chance.js';
import type { Clock } from '../platform/clock.js';
import { preciseClock } from '../platform/precise-clock.js';
import { createRng } from '../platform/random.js';
import { type Arrivals, arrivalOffsets } from './arrivals.js';
import { type CallDesk, createCallDesk } from './call-desk.js';
import { checkPeak, type LoadCeiling, loadCeiling } from './ceiling.js';
import type { DriveOptions } from './driver.js';
import { type LoadTarget, loadTarget } from './load-target.js';
import { lostShareAt } from './lost-share.js';
import { arrivalsOf, checkCount, checkTimes, type RunLoadOptions } from './run-load-options.js';
import { submitBody } from './submit-body.js';
import { parseThreshold, type Threshold } from './thresholds.js';
import { createWaitDraws } from './wait-draws.js';
import { workOf } from './work.js';
import { checkWorkers } from './workers/check-workers.js';

const TEN_MINUTES_MS = 600_000;
const GIVE_UP_AFTER_MS = 10_000;
const TOKEN = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** What a run is going to do, with all that the options leave open filled in. */
export interface LoadPlan {
  readonly target: LoadTarget;
  readonly arrivals: Arrivals;
  /** Infinite where nobody set it. */
  readonly maxTasks: number;
  readonly thresholds: readonly Threshold[];
  readonly policy: PollingPolicy;
  readonly calls: CallDesk | undefined;
  readonly body: (task: number) => string;
  /** In the vendor's unit; undefined where its contract has no price rule. */
  readonly pricePerTask: number | undefined;
  readonly unit: string;
  readonly ceiling: LoadCeiling;
  readonly clock: Clock;
  readonly warmUpMs: number;
  readonly giveUpAfterMs: number;
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

/** The chance that the moments of all starts are drawn from: the same for whoever drives them. */
export const arrivalsChance = (seed: number) => createRng('arrivals', seed);

/** Throws a `UsageError` for options that cannot be used, before anything is sent. */
export function planLoad(options: RunLoadOptions): LoadPlan {
  const target = loadTarget(options);
  const { contract, durationMs, seed, clock = preciseClock } = options;
  const arrivals = arrivalsOf(options);
  if (options.tasks === undefined && durationMs === undefined && arrivals.finite !== true)
    throw new UsageError('A load needs a number of tasks or a duration');
  checkTimes(options);
  const maxTasks = Math.min(checkCount('tasks', options.tasks), checkCount('maxTasks', options.maxTasks));
  const thresholds = (options.thresholds ?? []).map(parseThreshold);
  const policy = options.policy ?? policyFor(target);
  checkWorkers(options, policy);
  const calls = callDeskFor(options, policy, clock);
  const body = submitBody(contract, target.submit, options.body, calls?.urlOf);
  const { pricePerTask } = workOf(contract, target.submit, body);
  const unit = target.submit.task.price?.unit ?? '';
  const bounds = { maxTasks, durationMs: durationMs ?? Number.POSITIVE_INFINITY };
  const ceiling = loadCeiling({
    target: target.baseUrl,
    tasks: maxTasks,
    ratePerSecond: arrivals.ratePerSecond ?? options.mostPerSecond,
    durationMs: bounds.durationMs,
    unit,
    pricePerTask,
  });
  if (options.mostPerSecond !== undefined) checkPeak(arrivals, options.mostPerSecond, arrivalsChance(seed), bounds);
  const { warmUpMs = 0, giveUpAfterMs = GIVE_UP_AFTER_MS } = options;
  return {
    ...{ target, arrivals, maxTasks, thresholds, policy, calls, body, pricePerTask, unit, ceiling },
    ...{ clock, warmUpMs, giveUpAfterMs },
  };
}

/** How the driver is told of a whole plan. */
export function wholePlan(
  { contract, seed, timeoutMs, durationMs }: RunLoadOptions,
  plan: LoadPlan,
): Omit<DriveOptions, 'transport' | 'signal' | 'onSample'> {
  const { target, body, clock, policy, calls, maxTasks } = plan;
  return {
    contract,
    target,
    body,
    clock,
    policy,
    adviceMs: adviceOf(target),
    drawWait: createWaitDraws(seed),
    arrivals: arrivalOffsets(plan.arrivals, arrivalsChance(seed)),
    maxTasks,
    timeoutMs: timeoutMs ?? TEN_MINUTES_MS,
    ...(calls === undefined ? {} : { calls }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}
