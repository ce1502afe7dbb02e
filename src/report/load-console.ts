import type { LatencySummary, LoadReport } from '../core/load-report.js';
import {
  callsTold,
  doubtTold,
  generatorTold,
  latencyCells,
  latencyColumns,
  loadFacts,
  metricsTold,
  pollsTold,
  tasksTold,
  thresholdTold,
  undetectedTold,
  verdictTold,
} from './load-words.js';
import { wholeNumber } from './report-words.js';
import { saturationTold, stepColumns, stepRows } from './saturation-words.js';
import { stageColumns, stageRows } from './stage-words.js';
import { type Paint, paintWith } from './terminal-paint.js';
import { toTerminal } from './terminal-text.js';

/** The figures of a load, with the thresholds' verdict in the last line. */
export function loadToConsole(report: LoadReport, { color }: { readonly color: boolean }): string {
  const paint = paintWith(color);
  const blocks = [
    [
      paint.bold(`proofsheet load ${toTerminal(report.vendor)}`),
      ...loadFacts(report).map(([name, text]) => row(paint, name, toTerminal(text))),
    ],
    partialLines(report, paint),
    [
      paint.bold('work'),
      row(paint, 'tasks', tasksTold(report)),
      row(paint, 'polls', pollsTold(report)),
      ...callLines(report, paint),
    ],
    latencyTable(report, paint),
    metricLines(report, paint),
    stageLines(report, paint),
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

function row(paint: Paint, name: string, text: string, width = 10): string {
  return `  ${paint.dim(name.padEnd(width))}${text}`;
}

function partialLines({ partial }: LoadReport, paint: Paint): string[] {
  if (partial === undefined) return [];
  return [paint.yellow(`ended early: ${toTerminal(partial)}; the figures are those until then`)];
}

function metricLines({ metrics }: LoadReport, paint: Paint): string[] {
  if (metrics === undefined) return [];
  return [paint.bold('polling'), ...metricsTold(metrics).map(([name, text]) => row(paint, name, text, 26))];
}

function callLines(report: LoadReport, paint: Paint): string[] {
  const told = callsTold(report);
  return told === undefined ? [] : [row(paint, 'calls', told)];
}

function latencyTable(report: LoadReport, paint: Paint): string[] {
  const { latencyMs, timeToDetectMs } = report;
  const cells = (summary: LatencySummary) =>
    latencyCells(summary)
      .map((cell) => cell.padStart(9))
      .join('');
  return [
    `${paint.bold('latency in ms')}${paint.dim(
      latencyColumns
        .map((name) => name.padStart(9))
        .join('')
        .slice(1),
    )}`,
    row(paint, 'submit', cells(latencyMs.submit)),
    row(paint, 'poll', cells(latencyMs.poll)),
    timeToDetectMs
      ? row(paint, 'detect', cells(timeToDetectMs))
      : row(paint, 'detect', `  unknown: ${undetectedTold(report)}`),
  ];
}

function stageLines(report: LoadReport, paint: Paint): string[] {
  const rows = stageRows(report);
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name = '']) => name.length)) + 2;
  const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(12)).join('');
  return [
    `${paint.bold('stages')}${paint.dim(cells(stageColumns).padStart(width - 4 + 12 * stageColumns.length))}`,
    ...rows.map(([name = '', ...figures]) => row(paint, toTerminal(name), cells(figures), width)),
  ];
}

function generatorLines(report: LoadReport, paint: Paint): string[] {
  const doubt = doubtTold(report);
  const health = doubt === undefined ? paint.green('healthy') : paint.red(toTerminal(doubt));
  return [paint.bold('generator'), row(paint, 'health', health), row(paint, 'load', generatorTold(report))];
}

function saturationLines(report: LoadReport, paint: Paint): string[] {
  const told = saturationTold(report);
  if (told.length === 0) return [];
  const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(13)).join('');
  const steps = stepRows(report).map(([endpoint = '', ...rest]) => row(paint, endpoint, cells(rest)));
  const head = steps.length === 0 ? [] : [row(paint, '', paint.dim(cells(stepColumns)))];
  return [
    paint.bold('saturation'),
    ...told.map(([name, text]) => row(paint, name, toTerminal(text))),
    ...head,
    ...steps,
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
    ...thresholds.map((threshold) => {
      const [expression, seen] = thresholdTold(threshold);
      return `  ${threshold.ok ? paint.green('✓') : paint.red('✗')} ${toTerminal(expression)}, ${seen}`;
    }),
  ];
}

function verdictLine(report: LoadReport, paint: Paint): string {
  const { word, rest } = verdictTold(report);
  const painted = word === 'MISSED' || word === 'BROKEN' ? paint.red(word) : word === 'MET' ? paint.green(word) : word;
  return `${paint.bold(painted)}: ${toTerminal(rest)}`;
}
