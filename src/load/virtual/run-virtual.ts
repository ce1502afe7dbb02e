import type { AnswerShape } from '../../contract/async-task.js';
import type { Contract } from '../../contract/contract.js';
import { waitsInQueue } from '../../contract/waits-in-queue.js';
import { parseDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import { timingFor } from '../../core/lifecycle/timing.js';
import type { LoadReport } from '../../core/load-report.js';
import type { PollingPolicy } from '../../core/polling.js';
import { systemClock } from '../../platform/clock.js';
import { createRng, hash32 } from '../../platform/random.js';
import { type Arrivals, arrivalOffsets } from '../arrivals.js';
import type { LoadSample } from '../load-sample.js';
import { assertInvariants } from '../metrics/invariants.js';
import type { StageWindow } from '../metrics/stages.js';
import { submitBody } from '../submit-body.js';
import { createSummary } from '../summary.js';
import { parseThreshold, withThresholds } from '../thresholds.js';
import { workOf } from '../work.js';
import { createServer } from './server.js';
import type { ServerModel } from './server-model.js';
import { simulate } from './simulate.js';

export interface RunVirtualOptions {
  readonly contract: Contract;
  readonly server: ServerModel;
  readonly policy: PollingPolicy;
  readonly arrivals: Arrivals;
  /** Tasks to start; without it `durationMs` is needed, or arrivals that end. */
  readonly tasks?: number;
  /** Milliseconds of virtual time after which the run ends, whatever is still running. */
  readonly durationMs?: number;
  readonly maxTasks?: number;
  /** Equal seeds give equal tasks, whatever the policy. */
  readonly seed: number;
  /** Milliseconds from a task's start until it is given up; 10 minutes by default. */
  readonly timeoutMs?: number;
  /** Share of the given-up tasks whose users ask for the same again, 0 to 1. */
  readonly askAgain?: number;
  /** Parts of the run that get figures of their own. */
  readonly stages?: readonly StageWindow[];
  readonly thresholds?: readonly string[];
  /** A name for the report. */
  readonly scenario?: string;
  /** Ends the run; the report tells what there is and is marked. */
  readonly signal?: AbortSignal;
  /** Gets every sample; the object is used again, so it must not be kept. */
  readonly onSample?: (sample: LoadSample) => void;
  readonly onProgress?: (progress: Pick<LoadReport, 'tasks' | 'polls'>) => void;
}

/** Between two looks at the signal; a few dozen milliseconds of work. */
const EVENTS_PER_TURN = 100_000;
const TEN_MINUTES_MS = 600_000;

function positive(name: string, value: number): number {
  if (value > 0) return value;
  throw new UsageError(`${name} must be positive, is ${value}`);
}

function tellsEta(answer: AnswerShape): boolean {
  return Object.values(answer).some((field) => 'from' in field && field.from === 'etaSeconds');
}

function facts(contract: Contract) {
  const { submit } = contract;
  if (submit === undefined)
    throw new UsageError(`The contract ${contract.id} describes no operation that submits a task`);
  const { task } = submit;
  const work = workOf(contract, submit, submitBody(contract, submit));
  const advice = task.advice?.pollInterval?.minimum;
  return {
    task,
    work,
    waits: waitsInQueue(task),
    announces: { submit: tellsEta(task.answer), poll: tellsEta(task.poll?.answer ?? {}) },
    adviceMs: advice === undefined ? undefined : parseDuration(advice),
  };
}

/**
 * A load in virtual time: the same rules, policies and figures as over HTTP, on a discrete-event clock and against a
 * modelled server, millions of tasks a minute in flat memory. Nothing is sent anywhere. Rejects with a `UsageError` for
 * unusable options, and with a `ProofsheetError` where the run contradicts itself.
 */
export async function runVirtual(options: RunVirtualOptions): Promise<LoadReport> {
  const { contract, policy, seed, arrivals, signal, durationMs, onSample } = options;
  const { task, work, waits, announces, adviceMs } = facts(contract);
  if (options.tasks === undefined && durationMs === undefined && arrivals.finite !== true)
    throw new UsageError('A load needs a number of tasks or a duration');
  if (policy.callback === true && task.request.callback === undefined)
    throw new UsageError(`${contract.id} does not call back, so the policy ${policy.name} has nothing to wait for`);
  const thresholds = (options.thresholds ?? []).map(parseThreshold);
  const server = createServer(options.server, {
    waits,
    announces,
    timing: timingFor(options.server.timing ?? [], work.request),
  });
  const summary = createSummary({
    sharedLimit: options.server.limits?.shared === true && options.server.limits.submit !== undefined,
    ...(work.pricePerTask === undefined ? {} : { pricePerTask: work.pricePerTask }),
    ...(options.stages === undefined ? {} : { stages: options.stages }),
    calledBack: policy.callback === true,
  });
  const simulation = simulate({
    server,
    policy,
    synchronous: task.mode === 'sync',
    adviceMs,
    seed: hash32('virtual', seed),
    arrivals: arrivalOffsets(arrivals, createRng('arrivals', seed)),
    maxTasks: Math.min(options.tasks ?? Number.POSITIVE_INFINITY, options.maxTasks ?? Number.POSITIVE_INFINITY),
    endAt: durationMs === undefined ? Number.POSITIVE_INFINITY : positive('The duration of a load', durationMs),
    timeoutMs: positive('The time allowed for a task', options.timeoutMs ?? TEN_MINUTES_MS),
    askAgain: options.askAgain ?? 0,
    onSample:
      onSample === undefined
        ? summary.add
        : (sample) => {
            summary.add(sample);
            onSample(sample);
          },
  });
  let more = true;
  while (more && signal?.aborted !== true) {
    more = simulation.step(EVENTS_PER_TURN);
    options.onProgress?.(summary.progress());
    // The event loop has its turn, or Ctrl-C would never be heard.
    if (more) await systemClock.sleep(0);
  }
  const { liveThatSucceed, callbacks } = simulation.finish();
  const { requests: _, lateStarts, ...figures } = summary.figures();
  assertInvariants(figures, {
    charged: server.paidTasks(),
    paid: summary.paidTasks() + liveThatSucceed,
    callbacks,
    complete: !more && durationMs === undefined,
  });
  const report: LoadReport = {
    schemaVersion: 1,
    kind: 'load',
    vendor: contract.id,
    target: 'a modelled server, in virtual time',
    driver: 'virtual',
    seed,
    ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    policy: policy.name,
    arrivals: {
      kind: arrivals.kind,
      name: arrivals.name,
      ...(arrivals.ratePerSecond === undefined ? {} : { ratePerSecond: arrivals.ratePerSecond }),
    },
    ...figures,
    // Nothing of this process is in the figures: neither its speed nor its delays.
    generator: { lateStarts, eventLoopDelayP99Ms: 0, cpuShare: 0, valid: true },
    thresholds: [],
    ...(more ? { partial: 'interrupted' } : {}),
  };
  return withThresholds(report, thresholds);
}
