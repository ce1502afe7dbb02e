import { formatDuration } from '../core/duration.js';
import type { LatencySummary, LoadMetrics, LoadReport } from '../core/load-report.js';
import { counted, exactly, figure, percent, wholeNumber } from './report-words.js';

/** Name and text of one figure, as every report tells it. */
export type Told = readonly [name: string, text: string];

/** How the run was made. */
export function loadFacts(report: LoadReport): Told[] {
  const { driver, workers, scenario, leftOut, policy, arrivals, durationMs, warmUp } = report;
  const rate = arrivals?.ratePerSecond === undefined ? '' : `, ${figure(arrivals.ratePerSecond)} a second`;
  return [
    ['target', report.target],
    ['seed', String(report.seed)],
    ...(driver === undefined || driver === 'real' ? [] : ([['driver', driver]] as const)),
    ...(workers === undefined ? [] : ([['workers', String(workers)]] as const)),
    ...(scenario === undefined ? [] : ([['scenario', scenario]] as const)),
    ...(leftOut ?? []).map((text): Told => ['left out', text]),
    ...(policy === undefined ? [] : ([['policy', policy]] as const)),
    ...(arrivals === undefined ? [] : ([['arrivals', `${arrivals.name ?? arrivals.kind}${rate}`]] as const)),
    ...(durationMs === undefined ? [] : ([['took', formatDuration(durationMs)]] as const)),
    ...(warmUp === undefined
      ? []
      : ([
          [
            'warm-up',
            `${formatDuration(warmUp.durationMs)} and ${counted(warmUp.tasks, 'task')} left out of the figures`,
          ],
        ] as const)),
  ];
}

export function tasksTold({ tasks }: Pick<LoadReport, 'tasks'>): string {
  const ends = (['succeeded', 'failed', 'cancelled', 'abandoned', 'live'] as const)
    .filter((end) => tasks[end] > 0)
    .map((end) => `${wholeNumber(tasks[end])} ${end}`);
  return [`${wholeNumber(tasks.started)} started`, ...ends].join(', ');
}

export function pollsTold({ polls, saturation }: Pick<LoadReport, 'polls' | 'saturation'>): string {
  if (saturation !== undefined) return `${wholeNumber(polls.total)} sent, all for one task`;
  const { mean, p50, p95 } = polls.perTask;
  const perTask = `per task mean ${figure(mean)}, p50 ${figure(p50)}, p95 ${figure(p95)}`;
  return `${wholeNumber(polls.total)} sent, ${wholeNumber(polls.wasted)} wasted (${percent(polls.wasted, polls.total)}), ${perTask}`;
}

/** Calls of the target, and who saw the ends; nothing for a run that only asked. */
export function callsTold({ calls }: Pick<LoadReport, 'calls'>): string | undefined {
  if (calls === undefined) return undefined;
  const lost = calls.lost === 0 ? '' : `, ${wholeNumber(calls.lost)} more lost on purpose`;
  return `${wholeNumber(calls.received)} received${lost}, ${counted(calls.endedTasks, 'task')} seen to end by one`;
}

/** The same as a row of a table. */
export function callRows(report: Pick<LoadReport, 'calls'>): Told[] {
  const told = callsTold(report);
  return told === undefined ? [] : [['calls', told]];
}

/** Why the time to detect is unknown. */
export function undetectedTold({ tasks, polls, calls, saturation }: LoadReport): string {
  if (saturation !== undefined) return 'a saturation run counts answers and does not read them';
  if (tasks.succeeded + tasks.failed + tasks.cancelled === 0) return 'no task was seen to end';
  if (polls.total === 0 && (calls?.received ?? 0) === 0) return 'the answer to the submit was the whole task';
  return 'the target does not tell when a task was ready';
}

export function generatorTold({ generator }: Pick<LoadReport, 'generator'>): string {
  const { lateStarts, eventLoopDelayP99Ms, cpuShare } = generator;
  return `${counted(lateStarts, 'late start')}, event loop delay p99 ${figure(eventLoopDelayP99Ms)} ms, CPU ${percent(cpuShare, 1)}`;
}

/** Why the figures cannot be trusted; undefined where they can. */
export function doubtTold({ generator }: Pick<LoadReport, 'generator'>): string | undefined {
  if (generator.valid) return undefined;
  const reasons = generator.reasons ?? [];
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  return `too busy${why}: the figures say more about this machine than about the target`;
}

/** What polling did, one line for each figure that the run has. */
export function metricsTold(metrics: LoadMetrics): Told[] {
  const { detectionInflation, pollingShareOfLimit, costPerCompletedTask, abandonedThatSucceeded, fairness } = metrics;
  const told = (name: string, text: string | undefined): Told[] => (text === undefined ? [] : [[name, text]]);
  const inflation =
    detectionInflation === null
      ? undefined
      : `mean ${figure(detectionInflation.mean)}, p50 ${figure(detectionInflation.p50)}, p95 ${figure(detectionInflation.p95)}`;
  return [
    ...told('detection inflation', inflation),
    ['wasted polls', percent(metrics.wasteRatio, 1)],
    ['answers 429', percent(metrics.throttledShare, 1)],
    ...told('limit used by polls', pollingShareOfLimit === null ? undefined : percent(pollingShareOfLimit, 1)),
    ...told('cost per finished task', costPerCompletedTask === null ? undefined : exactly(costPerCompletedTask)),
    ...told(
      'given up, yet successful',
      abandonedThatSucceeded === null ? undefined : percent(abandonedThatSucceeded, 1),
    ),
    ['duplicates', wholeNumber(metrics.duplicates)],
    ['herd index', figure(metrics.herdIndex)],
    ...told('fairness p99/p50', fairness === null ? undefined : figure(fairness)),
  ];
}

export const latencyColumns = ['count', 'mean', 'p50', 'p90', 'p99', 'p999', 'max'] as const;

export function latencyCells(summary: LatencySummary): string[] {
  return latencyColumns.map((name) => (name === 'count' ? wholeNumber(summary.count) : figure(summary[name])));
}

export function thresholdTold({ expression, observed }: LoadReport['thresholds'][number]): Told {
  return [expression, observed === null ? 'nothing was observed' : `observed ${exactly(observed)}`];
}

/** In one line: broken, met, missed or only measured, and what is to be doubted. */
export function verdictTold({ thresholds, generator, partial, broken = [] }: LoadReport): {
  readonly word: 'BROKEN' | 'MISSED' | 'MET' | 'MEASURED';
  readonly rest: string;
} {
  const missed = thresholds.filter(({ ok }) => !ok).length;
  const cut = partial === undefined ? '' : `, in a run that ended early because ${partial}`;
  const doubt = generator.valid ? '' : ', but the generator was too busy to trust it';
  const all = counted(thresholds.length, 'threshold');
  if (broken.length > 0)
    return { word: 'BROKEN', rest: `the target contradicts itself: ${broken.join('; ')}${cut}${doubt}` };
  if (missed > 0) return { word: 'MISSED', rest: `${missed} of ${all}${cut}${doubt}` };
  if (thresholds.length > 0) return { word: 'MET', rest: `${all}${cut}${doubt}` };
  return { word: 'MEASURED', rest: `no thresholds were set${cut}${doubt}` };
}
