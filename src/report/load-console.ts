import type { LatencySummary, LoadReport } from '../core/load-report.js';
import { counted, exactly, figure, percent, wholeNumber } from './report-words.js';
import { type Paint, paintWith } from './terminal-paint.js';
import { toTerminal } from './terminal-text.js';

const quantiles = ['count', 'mean', 'p50', 'p90', 'p99', 'p999', 'max'] as const;

/** The figures of a load, with the thresholds' verdict in the last line. */
export function loadToConsole(report: LoadReport, { color }: { readonly color: boolean }): string {
  const paint = paintWith(color);
  const blocks = [
    [
      paint.bold(`proofsheet load ${toTerminal(report.vendor)}`),
      row(paint, 'target', toTerminal(report.target)),
      row(paint, 'seed', String(report.seed)),
    ],
    [paint.bold('work'), taskRow(report, paint), pollRow(report, paint)],
    latencyTable(report, paint),
    generatorLines(report, paint),
    saturationLines(report, paint),
    errorLines(report, paint),
    thresholdLines(report, paint),
    [verdictLine(report, paint)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function row(paint: Paint, name: string, text: string): string {
  return `  ${paint.dim(name.padEnd(10))}${text}`;
}

function taskRow({ tasks }: LoadReport, paint: Paint): string {
  const ends = (['succeeded', 'failed', 'cancelled', 'abandoned', 'live'] as const)
    .filter((end) => tasks[end] > 0)
    .map((end) => `${wholeNumber(tasks[end])} ${end}`);
  return row(paint, 'tasks', [`${wholeNumber(tasks.started)} started`, ...ends].join(', '));
}

function pollRow({ polls }: LoadReport, paint: Paint): string {
  const { mean, p50, p95 } = polls.perTask;
  const perTask = `per task mean ${figure(mean)}, p50 ${figure(p50)}, p95 ${figure(p95)}`;
  const waste = `${wholeNumber(polls.wasted)} wasted (${percent(polls.wasted, polls.total)})`;
  return row(paint, 'polls', `${wholeNumber(polls.total)} sent, ${waste}, ${perTask}`);
}

function latencyTable({ latencyMs, timeToDetectMs }: LoadReport, paint: Paint): string[] {
  const cells = (summary: LatencySummary) =>
    quantiles
      .map((name) => (name === 'count' ? wholeNumber(summary.count) : figure(summary[name])).padStart(9))
      .join('');
  return [
    `${paint.bold('latency in ms')}${paint.dim(
      quantiles
        .map((name) => name.padStart(9))
        .join('')
        .slice(1),
    )}`,
    row(paint, 'submit', cells(latencyMs.submit)),
    row(paint, 'poll', cells(latencyMs.poll)),
    timeToDetectMs
      ? row(paint, 'detect', cells(timeToDetectMs))
      : row(paint, 'detect', '  unknown: the target does not tell when a task was ready'),
  ];
}

function generatorLines({ generator }: LoadReport, paint: Paint): string[] {
  const { lateStarts, eventLoopDelayP99Ms, cpuShare, valid } = generator;
  const health = valid
    ? paint.green('healthy')
    : paint.red('too busy: the figures above say more about this machine than about the target');
  return [
    paint.bold('generator'),
    row(paint, 'health', health),
    row(
      paint,
      'load',
      `${counted(lateStarts, 'late start')}, event loop delay p99 ${figure(eventLoopDelayP99Ms)} ms, CPU ${percent(cpuShare, 1)}`,
    ),
  ];
}

function saturationLines({ saturation }: LoadReport, paint: Paint): string[] {
  if (!saturation) return [];
  const { requests, durationMs, requestsPerSecond, connections, errors, non2xx } = saturation;
  const over = `over ${counted(connections, 'connection')} in ${figure(durationMs / 1000)} s`;
  return [
    paint.bold('saturation'),
    row(paint, 'rate', `${wholeNumber(requestsPerSecond)} requests per second`),
    row(paint, 'requests', `${wholeNumber(requests)} ${over}`),
    row(paint, 'failures', `${counted(errors, 'error')}, ${wholeNumber(non2xx)} not 2xx`),
  ];
}

function errorLines({ errors }: LoadReport, paint: Paint): string[] {
  const rows = Object.entries(errors).sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  if (rows.length === 0) return [];
  return [
    paint.bold('failed requests'),
    ...rows.map(([reason, count]) => `  ${wholeNumber(count).padStart(8)}  ${toTerminal(reason)}`),
  ];
}

function thresholdLines({ thresholds }: LoadReport, paint: Paint): string[] {
  if (thresholds.length === 0) return [];
  return [
    paint.bold('thresholds'),
    ...thresholds.map(({ expression, observed, ok }) => {
      const seen = observed === null ? 'nothing was observed' : `observed ${exactly(observed)}`;
      return `  ${ok ? paint.green('✓') : paint.red('✗')} ${toTerminal(expression)}, ${seen}`;
    }),
  ];
}

function verdictLine({ thresholds, generator }: LoadReport, paint: Paint): string {
  const missed = thresholds.filter(({ ok }) => !ok).length;
  const doubt = generator.valid ? '' : ', but the generator was too busy to trust it';
  if (missed > 0)
    return `${paint.bold(paint.red('MISSED'))}: ${missed} of ${counted(thresholds.length, 'threshold')}${doubt}`;
  if (thresholds.length > 0)
    return `${paint.bold(paint.green('MET'))}: ${counted(thresholds.length, 'threshold')}${doubt}`;
  return `${paint.bold('MEASURED')}: no thresholds were set${doubt}`;
}
