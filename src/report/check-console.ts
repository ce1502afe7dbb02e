import type { CheckOutcome, CheckReport, CheckVerdict } from '../core/check-report.js';
import { formatDuration } from '../core/duration.js';
import { coverageWords } from './coverage-words.js';
import { decisiveExchange, exchangesById } from './decisive-exchange.js';
import { findingToConsole } from './finding-console.js';
import { oracleToConsole } from './oracle-console.js';
import { baselineWords, counted, elapsedMs, gravestFirst, severityCounts } from './report-words.js';
import { columnsOf, padColumns, wrapColumns } from './terminal-columns.js';
import { type Paint, paintWith } from './terminal-paint.js';
import { toTerminal } from './terminal-text.js';

export interface CheckConsoleOptions {
  readonly color: boolean;
  /** Columns of the terminal; 100 unless told. */
  readonly width?: number;
  /** A line for every passed check too. */
  readonly verbose?: boolean;
}

interface Canvas {
  readonly paint: Paint;
  readonly width: number;
  readonly verbose: boolean;
}

const verdictLook = {
  fail: { sign: '✗', color: 'red', word: 'failed' },
  inconclusive: { sign: '?', color: 'yellow', word: 'inconclusive' },
  skipped: { sign: '-', color: 'dim', word: 'skipped' },
  pass: { sign: '✓', color: 'green', word: 'passed' },
} as const satisfies Record<CheckVerdict, { sign: string; color: keyof Paint; word: string }>;
const verdicts = ['fail', 'inconclusive', 'skipped', 'pass'] as const;

/** What a person can act on, with the verdict in the last line. */
export function checkToConsole(report: CheckReport, options: CheckConsoleOptions): string {
  const canvas: Canvas = {
    paint: paintWith(options.color),
    width: Math.max(40, options.width ?? 100),
    verbose: options.verbose ?? false,
  };
  const blocks = [
    headerLines(report, canvas),
    ...verdicts.map((verdict) => groupLines(report, verdict, canvas)),
    ...findingBlocks(report, canvas),
    totalLines(report, canvas),
    [verdictLine(report, canvas)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headerLines(report: CheckReport, { paint }: Canvas): string[] {
  const row = (name: string, text: string) => `  ${paint.dim(name.padEnd(8))}${toTerminal(text)}`;
  return [
    paint.bold(`proofsheet check ${toTerminal(report.vendor)}`),
    row('target', report.target),
    row('depth', report.summary.depth),
    row('seed', String(report.seed)),
    row('started', `${report.startedAt}, took ${formatDuration(elapsedMs(report.startedAt, report.finishedAt))}`),
  ];
}

function groupLines(report: CheckReport, verdict: CheckVerdict, canvas: Canvas): string[] {
  const { paint, width, verbose } = canvas;
  const checks = report.checks.filter((check) => check.verdict === verdict);
  if (checks.length === 0) return [];
  const look = verdictLook[verdict];
  const title = paint[look.color](`${look.word} (${checks.length})`);
  if (verdict !== 'pass' || verbose) return [title, ...checkLines(checks, canvas)];
  const ids = checks.map(({ id }) => toTerminal(id)).join(', ');
  return [title, ...wrapColumns(ids, width - 4).map((line, index) => `  ${index === 0 ? look.sign : ' '} ${line}`)];
}

function checkLines(checks: readonly CheckOutcome[], { paint, width }: Canvas): string[] {
  const ids = checks.map(({ id }) => toTerminal(id));
  const column = Math.min(Math.max(...ids.map(columnsOf)), Math.floor(width / 3));
  const indent = ' '.repeat(column + 6);
  return checks.flatMap((check, index) => {
    const id = ids[index] ?? '';
    const { sign, color } = verdictLook[check.verdict];
    const start = `  ${paint[color](sign)} ${paint.bold(padColumns(id, column))}`;
    const text = wrapColumns(toTerminal(checkText(check)), width - column - 6);
    // An id that is too long for the column has a line of its own.
    const [first = '', ...rest] = columnsOf(id) > column ? ['', ...text] : text;
    return [first === '' ? start : `${start}  ${first}`, ...rest.map((line) => indent + line)];
  });
}

function checkText({ verdict, title, reason, ledger, observations }: CheckOutcome): string {
  if (verdict === 'skipped' || verdict === 'inconclusive') return reason ?? title;
  const facts = ledger.length > 0 ? ` [${ledger.join(' ')}]` : '';
  return `${title}${facts}, ${counted(observations, 'observation')}${reason === undefined ? '' : `: ${reason}`}`;
}

function findingBlocks(report: CheckReport, { paint, width }: Canvas): string[][] {
  if (report.findings.length === 0) return [];
  const exchanges = exchangesById(report.exchanges);
  const blocks = gravestFirst(report.findings).map((finding, index) => {
    const decisive = decisiveExchange(finding, exchanges);
    return findingToConsole(finding, { number: index + 1, width, paint, decisive });
  });
  return [[paint.bold('findings')], ...blocks];
}

function totalLines({ summary, checks, oracle, baseline, coverage }: CheckReport, { paint }: Canvas): string[] {
  const sent = [counted(summary.requests, 'request'), counted(summary.tasks, 'task'), counted(summary.images, 'image')];
  const lines = [
    paint.bold('totals'),
    `  ${sent.join(', ')}`,
    `  ${[counted(checks.length, 'check'), verdictCounts(summary)].filter((text) => text !== '').join(': ')}`,
    `  ${severityCounts(summary.findings) || 'no findings'}`,
  ];
  if (coverage !== undefined && coverage.length > 0) lines.push(`  ${coverageWords(coverage)}`);
  if (baseline !== undefined) lines.push(`  ${baselineWords(baseline)}`);
  if (oracle !== undefined) lines.push(...oracleToConsole(oracle).map((line) => `  ${line}`));
  if (summary.stopped !== undefined) lines.push(`  ${paint.yellow(`stopped early: ${toTerminal(summary.stopped)}`)}`);
  return lines;
}

function verdictCounts({ checks }: CheckReport['summary']): string {
  return [...verdicts]
    .reverse()
    .filter((verdict) => checks[verdict] > 0)
    .map((verdict) => `${checks[verdict]} ${verdictLook[verdict].word}`)
    .join(', ');
}

function verdictLine({ verdict, vendor, summary, target, baseline }: CheckReport, { paint }: Canvas): string {
  const found = severityCounts(summary.findings);
  const name = toTerminal(vendor);
  if (verdict === 'violations' && baseline?.new === 0)
    return `${paint.bold(paint.yellow('NOTHING NEW'))}: ${name} breaks its contract as it did before (${found})`;
  if (verdict === 'violations')
    return `${paint.bold(paint.red('VIOLATIONS'))}: ${name} breaks its contract${found === '' ? '' : ` (${found})`}`;
  if (verdict === 'inconclusive') {
    const reason = summary.stopped ?? `no check at ${target} came to a judgement`;
    return `${paint.bold(paint.yellow('INCONCLUSIVE'))}: ${name} could not be judged: ${toTerminal(reason)}`;
  }
  const figures = [verdictCounts(summary), found].filter((text) => text !== '').join('; ');
  return `${paint.bold(paint.green('CONFORMANT'))}: ${name} keeps its contract (${figures})`;
}
