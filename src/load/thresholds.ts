import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import type { LatencySummary, LoadMetrics, LoadReport, ThresholdOutcome } from '../core/load-report.js';
import { nearMatches } from '../core/near-matches.js';

type Unit = 'ms' | 'share' | 'number';

interface Metric {
  readonly unit: Unit;
  /** Null where the run has no such figure. */
  readonly read: (report: LoadReport) => number | null;
}

const quantiles = ['mean', 'p50', 'p90', 'p99', 'p999', 'max'] as const;
const outcomes = ['succeeded', 'failed', 'cancelled', 'abandoned', 'live'] as const;

function latency(name: string, of: (report: LoadReport) => LatencySummary | null): [string, Metric][] {
  return quantiles.map((quantile) => {
    // Without samples there is nothing to compare, and a 0 would pass any upper limit.
    const read = (report: LoadReport) => ((of(report)?.count ?? 0) > 0 ? (of(report)?.[quantile] ?? null) : null);
    return [`${name}.${quantile}`, { unit: 'ms', read }];
  });
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function percentile(name: string, curve: 'submit' | 'poll' | 'timeToDetect'): [string, Metric] {
  const read = ({ percentiles }: LoadReport) => percentiles?.[curve].find(({ share }) => share === 0.95)?.ms ?? null;
  return [`${name}.p95`, { unit: 'ms', read }];
}

function polling(name: string, unit: Unit, read: (metrics: LoadMetrics) => number | null): [string, Metric] {
  return [name, { unit, read: (report) => (report.metrics === undefined ? null : read(report.metrics)) }];
}

const metrics: ReadonlyMap<string, Metric> = new Map<string, Metric>([
  ...latency('submit', ({ latencyMs }) => latencyMs.submit),
  ...latency('poll', ({ latencyMs }) => latencyMs.poll),
  ...latency('detect', ({ timeToDetectMs }) => timeToDetectMs),
  ...latency('task.timeToDetect', ({ timeToDetectMs }) => timeToDetectMs),
  percentile('submit', 'submit'),
  percentile('poll', 'poll'),
  percentile('detect', 'timeToDetect'),
  percentile('task.timeToDetect', 'timeToDetect'),
  ...(['mean', 'p50', 'p95'] as const).map((name) =>
    polling(
      `task.detectionInflation.${name}`,
      'number',
      ({ detectionInflation }) => detectionInflation?.[name] ?? null,
    ),
  ),
  ['poll.wasted', { unit: 'share', read: ({ polls }) => share(polls.wasted, polls.total) }],
  polling('throttled', 'share', ({ throttledShare }) => throttledShare),
  polling('poll.shareOfLimit', 'share', ({ pollingShareOfLimit }) => pollingShareOfLimit),
  polling('task.cost', 'number', ({ costPerCompletedTask }) => costPerCompletedTask),
  polling('task.abandonedThatSucceeded', 'share', ({ abandonedThatSucceeded }) => abandonedThatSucceeded),
  polling('task.duplicates', 'number', ({ duplicates }) => duplicates),
  polling('task.fairness', 'number', ({ fairness }) => fairness),
  polling('herdIndex', 'number', ({ herdIndex }) => herdIndex),
  ...outcomes.map((outcome): [string, Metric] => [
    outcome,
    { unit: 'share', read: ({ tasks }) => share(tasks[outcome], tasks.started) },
  ]),
  ['wasted', { unit: 'share', read: ({ polls }) => share(polls.wasted, polls.total) }],
  ['started', { unit: 'number', read: ({ tasks }) => tasks.started }],
  ['polls.total', { unit: 'number', read: ({ polls }) => polls.total }],
  ...(['mean', 'p50', 'p95'] as const).map((name): [string, Metric] => [
    `polls.perTask.${name}`,
    { unit: 'number', read: ({ polls }) => polls.perTask[name] },
  ]),
  ['errors', { unit: 'number', read: ({ errors }) => Object.values(errors).reduce((sum, count) => sum + count, 0) }],
  ['lateStarts', { unit: 'number', read: ({ generator }) => generator.lateStarts }],
  ['requestsPerSecond', { unit: 'number', read: ({ saturation }) => saturation?.requestsPerSecond ?? null }],
]);

/** Every name that a threshold can use, for help texts. */
export const thresholdNames: readonly string[] = [...metrics.keys()];

const comparisons: Readonly<Record<string, (observed: number, limit: number) => boolean>> = {
  '<': (observed, limit) => observed < limit,
  '<=': (observed, limit) => observed <= limit,
  '>': (observed, limit) => observed > limit,
  '>=': (observed, limit) => observed >= limit,
};

export interface Threshold {
  readonly expression: string;
  evaluate(report: LoadReport): ThresholdOutcome;
}

function parseLimit(text: string, unit: Unit, expression: string): number {
  if (unit === 'ms') return parseDuration(text, `The limit of ${JSON.stringify(expression)}`);
  const number = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (number === null || (number[2] === '%' && unit !== 'share'))
    throw new UsageError(
      `The limit of ${JSON.stringify(expression)} must be ${unit === 'share' ? 'a share such as 0.8 or 80%' : 'a number'}`,
    );
  const limit = number[2] === '%' ? Number(number[1]) / 100 : Number(number[1]);
  if (unit === 'share' && limit > 1)
    throw new UsageError(`The limit of ${JSON.stringify(expression)} is a share: at most 1, or 100%`);
  return limit;
}

/**
 * A threshold from a text such as `poll.p99<50ms`, `wasted<0.8` or `polls.perTask.mean<=12`. Latencies take durations,
 * outcomes and waste are shares of all tasks and polls. Throws a `UsageError` that lists what can be named.
 */
export function parseThreshold(expression: string): Threshold {
  const match = /^\s*([A-Za-z0-9.]+)\s*(<=|>=|<|>)\s*([0-9a-z.%]+)\s*$/.exec(expression);
  if (match === null)
    throw new UsageError(
      `The threshold ${JSON.stringify(expression)} is not NAME, one of < <= > >=, and a number: poll.p99<50ms`,
    );
  const [, name = '', sign = '', text = ''] = match;
  const metric = metrics.get(name);
  const compare = comparisons[sign];
  if (metric === undefined || compare === undefined) {
    const near = nearMatches(name, thresholdNames, 3);
    const hint = near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
    throw new UsageError(
      `The threshold ${JSON.stringify(expression)} names ${JSON.stringify(name)}${hint}; known are ${thresholdNames.join(', ')}`,
    );
  }
  const limit = parseLimit(text, metric.unit, expression);
  return {
    expression: expression.trim(),
    evaluate(report) {
      const observed = metric.read(report);
      return { expression: expression.trim(), observed, ok: observed !== null && compare(observed, limit) };
    },
  };
}

/** The report with the thresholds' outcomes in it. A figure that the run does not have misses its threshold. */
export function withThresholds(report: LoadReport, thresholds: readonly Threshold[]): LoadReport {
  return { ...report, thresholds: thresholds.map((threshold) => threshold.evaluate(report)) };
}
