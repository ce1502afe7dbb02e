import type { LoadReport } from '../core/load-report.js';
import { createLatencyRecorder, type LatencyState } from './latency-recorder.js';
import { LATE_MS, type LoadSample } from './load-sample.js';
import { createAbandonment } from './metrics/abandonment.js';
import { createCalls } from './metrics/calls.js';
import { createCost } from './metrics/cost.js';
import { createDetection, type DetectionState } from './metrics/detection.js';
import { createHerd, type HerdState } from './metrics/herd.js';
import type { HistogramState } from './metrics/histogram.js';
import { EARLY } from './metrics/invariants.js';
import { createOutcomes, type OutcomesState } from './metrics/outcomes.js';
import { createPollsPerTask } from './metrics/polls-per-task.js';
import { createSeries, type SeriesState } from './metrics/series.js';
import { createStages, type StagesState, type StageWindow } from './metrics/stages.js';
import { createThrottling, type ThrottlingState } from './metrics/throttling.js';
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
  /** A moment from which slices of time are counted, where summaries are to be merged; by default the first that is seen. */
  readonly alignedAt?: number;
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
  /** Everything that was counted so far, as another thread can be told. */
  state(): SummaryState;
  /** Takes over everything that another summary with the same options counted. */
  merge(state: SummaryState): void;
}

type StateOf<Metric extends (...given: never[]) => { state(): unknown }> = ReturnType<ReturnType<Metric>['state']>;

export interface SummaryState {
  readonly submit: LatencyState;
  readonly poll: LatencyState;
  readonly outcomes: OutcomesState;
  readonly detection: DetectionState;
  readonly perTask: HistogramState;
  readonly waste: StateOf<typeof createWaste>;
  readonly throttling: ThrottlingState;
  readonly cost: StateOf<typeof createCost>;
  readonly abandonment: StateOf<typeof createAbandonment>;
  readonly herd: HerdState;
  readonly calls: NonNullable<LoadReport['calls']>;
  readonly series: SeriesState;
  readonly stages: StagesState | undefined;
  readonly errors: Readonly<Record<string, number>>;
  readonly lateStarts: number;
  readonly firstAt: number | undefined;
  readonly lastAt: number;
}

/** What both drivers measure: every definition of a metric is one file in `metrics/`, and this feeds them all. */
export function createSummary(options: SummaryOptions = {}): LoadSummary {
  const { pricePerTask, sharedLimit = false, stages, alignedAt, calledBack = false } = options;
  const submit = createLatencyRecorder();
  const poll = createLatencyRecorder();
  const outcomes = createOutcomes();
  const detection = createDetection();
  const perTask = createPollsPerTask();
  const waste = createWaste();
  const throttling = createThrottling(sharedLimit);
  const cost = createCost(pricePerTask);
  const abandonment = createAbandonment();
  const herd = createHerd(alignedAt);
  const calls = createCalls();
  const series = createSeries(alignedAt);
  const byStage = stages === undefined ? undefined : createStages(stages, options.startedAt ?? 0);
  const errors: Record<string, number> = {};
  let lateStarts = 0;
  let firstAt: number | undefined;
  let lastAt = 0;

  const count = (error: string, times = 1) => {
    errors[error] = (errors[error] ?? 0) + times;
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
    state: () => ({
      submit: submit.state(),
      poll: poll.state(),
      outcomes: outcomes.state(),
      detection: detection.state(),
      perTask: perTask.state(),
      waste: waste.state(),
      throttling: throttling.state(),
      cost: cost.state(),
      abandonment: abandonment.state(),
      herd: herd.state(),
      calls: calls.figures(),
      series: series.state(),
      stages: byStage?.state(),
      errors: { ...errors },
      lateStarts,
      firstAt,
      lastAt,
    }),
    merge(other) {
      submit.merge(other.submit);
      poll.merge(other.poll);
      outcomes.merge(other.outcomes);
      detection.merge(other.detection);
      perTask.merge(other.perTask);
      waste.merge(other.waste);
      throttling.merge(other.throttling);
      cost.merge(other.cost);
      abandonment.merge(other.abandonment);
      herd.merge(other.herd);
      calls.merge(other.calls);
      series.merge(other.series);
      if (other.stages !== undefined) byStage?.merge(other.stages);
      for (const [error, times] of Object.entries(other.errors)) count(error, times);
      lateStarts += other.lateStarts;
      if (other.firstAt !== undefined) firstAt = Math.min(firstAt ?? other.firstAt, other.firstAt);
      lastAt = Math.max(lastAt, other.lastAt);
    },
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
