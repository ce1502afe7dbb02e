import type { LoadReport } from '../core/load-report.js';
import { createLatencyRecorder } from './latency-recorder.js';
import { LATE_MS, type LoadSample } from './load-sample.js';
import { createAbandonment } from './metrics/abandonment.js';
import { createCalls } from './metrics/calls.js';
import { createCost } from './metrics/cost.js';
import { createDetection } from './metrics/detection.js';
import { createHerd } from './metrics/herd.js';
import { EARLY } from './metrics/invariants.js';
import { createOutcomes } from './metrics/outcomes.js';
import { createPollsPerTask } from './metrics/polls-per-task.js';
import { createSeries } from './metrics/series.js';
import { createStages, type StageWindow } from './metrics/stages.js';
import { createThrottling } from './metrics/throttling.js';
import { createWaste } from './metrics/waste.js';

type FromSamples = 'tasks' | 'polls' | 'latencyMs' | 'timeToDetectMs' | 'errors' | 'durationMs';

/** The figures of a report that come from samples. */
export type LoadFigures = Pick<LoadReport, FromSamples> &
  Required<Pick<LoadReport, 'metrics' | 'series' | 'percentiles'>> &
  Pick<LoadReport, 'stages' | 'calls'> & {
    readonly requests: number;
    readonly lateStarts: number;
  };

export interface SummaryOptions {
  /** In the vendor's unit, where its contract has a price rule. */
  readonly pricePerTask?: number;
  /** Whether polls are taken out of the limit of submits. */
  readonly sharedLimit?: boolean;
  /** Parts of the run that get figures of their own. */
  readonly stages?: readonly StageWindow[];
  /** The moment from which they count; 0 by default. */
  readonly startedAt?: number;
  /** Whether the target is expected to call. */
  readonly calledBack?: boolean;
}

export interface LoadSummary {
  /** Reads a sample and keeps nothing of it, so that a driver may use one object again and again. */
  add(sample: LoadSample): void;
  /** The few figures that progress is told by. */
  progress(): Pick<LoadFigures, 'tasks' | 'polls'>;
  figures(): LoadFigures;
  /** Tasks that will have been paid for once all have ended. */
  paidTasks(): number;
}

/** What both drivers measure: every definition of a metric is one file in `metrics/`, and this feeds them all. */
export function createSummary(options: SummaryOptions = {}): LoadSummary {
  const { pricePerTask, sharedLimit = false, stages, calledBack = false } = options;
  const submit = createLatencyRecorder();
  const poll = createLatencyRecorder();
  const outcomes = createOutcomes();
  const detection = createDetection();
  const perTask = createPollsPerTask();
  const waste = createWaste();
  const throttling = createThrottling(sharedLimit);
  const cost = createCost(pricePerTask);
  const abandonment = createAbandonment();
  const herd = createHerd();
  const calls = createCalls();
  const series = createSeries();
  const byStage = stages === undefined ? undefined : createStages(stages, options.startedAt ?? 0);
  const errors: Record<string, number> = {};
  let lateStarts = 0;
  let firstAt: number | undefined;
  let lastAt = 0;

  const count = (error: string) => {
    errors[error] = (errors[error] ?? 0) + 1;
  };

  const sent = (sample: Extract<LoadSample, { type: 'submit' | 'poll' }>) => {
    const { type, plannedAt, startedAt, status, error } = sample;
    if (startedAt - plannedAt > LATE_MS) lateStarts += 1;
    (type === 'submit' ? submit : poll).add(sample.finishedAt - plannedAt);
    throttling.request(type, status);
    herd.request(startedAt);
    if (status === 429) series.throttled(startedAt);
    if (error !== undefined) count(error);
    byStage?.sent(sample);
    if (sample.type === 'poll') {
      waste.poll(sample);
      series.poll(startedAt);
    }
  };

  const pollFigures = () => ({ total: waste.polls(), wasted: waste.wasted(), perTask: perTask.perTask() });

  return {
    add(sample) {
      if (sample.type === 'started') {
        firstAt ??= sample.at;
        outcomes.started(sample);
        series.started(sample.at);
        byStage?.started(sample);
      } else if (sample.type === 'ended') {
        if (sample.at > lastAt) lastAt = sample.at;
        outcomes.ended(sample);
        detection.ended(sample);
        perTask.ended(sample);
        cost.ended(sample);
        abandonment.ended(sample);
        if (sample.outcome !== 'live') series.ended(sample.at);
        byStage?.ended(sample);
      } else if (sample.type === 'call') {
        calls.call(sample);
        if (sample.error !== undefined) count(sample.error);
      } else sent(sample);
    },
    progress: () => ({ tasks: outcomes.tasks(), polls: pollFigures() }),
    paidTasks: cost.paid,
    figures() {
      const early = detection.early();
      return {
        tasks: outcomes.tasks(),
        polls: pollFigures(),
        latencyMs: { submit: submit.summary(), poll: poll.summary() },
        timeToDetectMs: detection.late.count === 0 ? null : detection.late.summary(),
        errors: { ...errors, ...(early === 0 ? {} : { [EARLY]: early }) },
        requests: submit.count + poll.count,
        lateStarts,
        durationMs: firstAt === undefined ? 0 : Math.max(0, lastAt - firstAt),
        ...(calledBack ? { calls: calls.figures() } : {}),
        metrics: {
          detectionInflation: detection.inflation(),
          wasteRatio: waste.ratio(),
          throttledShare: throttling.share(),
          pollingShareOfLimit: throttling.pollingShareOfLimit(),
          costPerCompletedTask: cost.perCompletedTask(),
          abandonedThatSucceeded: abandonment.share(),
          duplicates: outcomes.duplicates(),
          herdIndex: herd.index(),
          fairness: detection.fairness(),
        },
        series: series.series(),
        percentiles: { submit: submit.curve(), poll: poll.curve(), timeToDetect: detection.late.curve() },
        ...(byStage === undefined ? {} : { stages: byStage.figures() }),
      };
    },
  };
}
