import type { PolicyComparison, PolicyRow } from '../core/load-report.js';
import { figure, percent, wholeNumber } from './report-words.js';
import { paintWith } from './terminal-paint.js';
import { toTerminal } from './terminal-text.js';

const columns = [
  ['detect mean', ({ timeToDetectMs }: PolicyRow) => figure(timeToDetectMs.mean)],
  ['p99 ms', ({ timeToDetectMs }: PolicyRow) => figure(timeToDetectMs.p99)],
  ['polls/task', ({ pollsPerTask }: PolicyRow) => figure(pollsPerTask)],
  ['wasted', ({ metrics }: PolicyRow) => percent(metrics.wasteRatio, 1)],
  ['429', ({ metrics }: PolicyRow) => percent(metrics.throttledShare, 1)],
  ['given up', ({ tasks }: PolicyRow) => percent(tasks.abandoned, tasks.started)],
  ['cost', ({ metrics: { costPerCompletedTask: cost } }: PolicyRow) => (cost === null ? '-' : figure(cost))],
  ['herd', ({ metrics }: PolicyRow) => figure(metrics.herdIndex)],
] as const;

/** Policies from the quickest to the slowest to see an end; a star marks the Pareto front. */
export function comparisonToConsole(comparison: PolicyComparison, { color }: { readonly color: boolean }): string {
  const paint = paintWith(color);
  const { vendor, target, seed, scenario, tasks, rows, recommended } = comparison;
  const width = Math.max(10, ...rows.map(({ policy }) => toTerminal(policy).length)) + 2;
  const cells = (texts: readonly string[]) =>
    texts.map((text, index) => text.padStart(Math.max(9, (columns[index]?.[0].length ?? 0) + 2))).join('');
  const lines = rows.map((row) => {
    const name = toTerminal(row.policy).padEnd(width);
    const line = `${row.onFront ? '*' : ' '} ${name}${cells(columns.map(([, read]) => read(row)))}`;
    return row.policy === recommended.policy ? paint.bold(line) : line;
  });
  return [
    paint.bold(`proofsheet load ${toTerminal(vendor)}, policies compared`),
    `  ${paint.dim('target    ')}${toTerminal(target)}`,
    ...(scenario === undefined ? [] : [`  ${paint.dim('scenario  ')}${toTerminal(scenario)}`]),
    `  ${paint.dim('tasks     ')}${wholeNumber(tasks)} for each policy, seed ${seed}`,
    '',
    paint.dim(`  ${'policy'.padEnd(width)}${cells(columns.map(([name]) => name))}`),
    ...lines,
    '',
    '* no other policy both sees ends sooner and asks less',
    `${paint.bold(paint.green('RECOMMENDED'))}: ${toTerminal(recommended.policy)}, because ${toTerminal(recommended.reason)}`,
    '',
  ].join('\n');
}
