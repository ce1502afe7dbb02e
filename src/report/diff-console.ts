import { type ComparedRun, type DiffReport, type Drift, driftAreas } from '../core/drift-report.js';
import { severityCounts } from './report-words.js';
import { padColumns, wrapColumns } from './terminal-columns.js';
import { type Paint, paintWith } from './terminal-paint.js';
import { toTerminal } from './terminal-text.js';

export interface DiffConsoleOptions {
  readonly color: boolean;
  /** Columns of the terminal; 100 unless told. */
  readonly width?: number;
}

const mostNotCompared = 20;
const severityColor = { error: 'red', warning: 'yellow', note: 'cyan' } as const;
const areaTitles = {
  shape: 'fields of answers',
  words: 'status words',
  codes: 'statuses and error codes',
  timing: 'durations',
  price: 'prices',
  findings: 'findings',
  dialects: 'readings of the contract',
} as const;

/** What has drifted, area by area, with the verdict in the last line. */
export function diffToConsole(diff: DiffReport, { color, width = 100 }: DiffConsoleOptions): string {
  const paint = paintWith(color);
  const room = Math.max(40, width);
  const areas = driftAreas.flatMap((area) => {
    const drifts = diff.drifts.filter((drift) => drift.area === area);
    if (drifts.length === 0) return [];
    return [[paint.bold(areaTitles[area]), ...drifts.flatMap((drift) => driftLines(drift, paint, room))].join('\n')];
  });
  const blocks = [
    [
      paint.bold(`proofsheet diff ${toTerminal(diff.vendor)}`),
      runLine('before', diff.before, paint),
      runLine('after', diff.after, paint),
    ].join('\n'),
    ...areas,
    ...notCompared(diff.notCompared, paint, room),
    verdictLine(diff, paint),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function runLine(name: string, { target, startedAt, depth, seed, requests, tasks }: ComparedRun, paint: Paint): string {
  const facts = [target, startedAt, `depth ${depth}`, `seed ${seed}`, `${requests} requests`, `${tasks} tasks`];
  return `  ${paint.dim(name.padEnd(8))}${facts.map((fact) => toTerminal(fact, 200)).join(', ')}`;
}

/** `was: 4, is: 8` as far as each is known. */
export function changeWords({ before, after }: Drift): string {
  if (before === undefined) return after ?? '';
  return after === undefined ? `was ${before}` : `${before} → ${after}`;
}

function driftLines(drift: Drift, paint: Paint, room: number): string[] {
  const { severity, operation, pointer = '', message } = drift;
  const head = `${padColumns(severity, 8)} `;
  const change = changeWords(drift);
  const place = [operation, pointer].filter((part) => part !== '').join(' ');
  const text = `${toTerminal(place, 300)}: ${toTerminal(message)}${change === '' ? '' : ` (${toTerminal(change, 300)})`}`;
  return wrapColumns(text, room - head.length - 2).map((line, index) =>
    index === 0 ? `  ${paint[severityColor[severity]](head)}${line}` : `  ${' '.repeat(head.length)}${line}`,
  );
}

function notCompared(reasons: readonly string[], paint: Paint, room: number): string[] {
  if (reasons.length === 0) return [];
  const lines = reasons.slice(0, mostNotCompared).flatMap((reason) => wrapColumns(toTerminal(reason), room - 4));
  const left = reasons.length - mostNotCompared;
  return [
    [
      paint.dim('not compared'),
      ...lines.map((line) => `  - ${line}`),
      ...(left > 0 ? [`  and ${left} more`] : []),
    ].join('\n'),
  ];
}

function verdictLine({ verdict, summary }: DiffReport, paint: Paint): string {
  if (verdict === 'same') return `${paint.bold(paint.green('SAME'))}: nothing has drifted`;
  const found = severityCounts(summary);
  return verdict === 'breaking'
    ? `${paint.bold(paint.red('BREAKING'))}: clients that worked before can break (${found})`
    : `${paint.bold(paint.yellow('DRIFT'))}: nothing that breaks (${found})`;
}
