import type { LoadReport } from '../core/load-report.js';
import {
  callRows,
  doubtTold,
  generatorTold,
  latencyCells,
  latencyColumns,
  loadFacts,
  metricsTold,
  pollsTold,
  type Told,
  tasksTold,
  thresholdTold,
  verdictTold,
} from './load-words.js';
import { wholeNumber } from './report-words.js';
import { saturationTold, stepColumns, stepRows } from './saturation-words.js';
import { stageColumns, stageRows } from './stage-words.js';
import { toTerminal } from './terminal-text.js';

/** Text of a server or a contract as it may stand in a cell: on one line, and nothing in it is markup. */
export function markdownText(text: string): string {
  return toTerminal(text)
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character)
    .replace(/[\\`*_[\]|~@:]/g, (character) => `\\${character}`);
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map((cells) => line(cells.map(markdownText)))].join('\n');
}

/** The load for a pull request or a wiki page. */
export function loadToMarkdown(report: LoadReport): string {
  const { word, rest } = verdictTold(report);
  const doubt = doubtTold(report);
  const { latencyMs, timeToDetectMs, metrics, thresholds, errors } = report;
  const steps = stepRows(report);
  const stages = stageRows(report);
  const latencies = [
    ['submit', ...latencyCells(latencyMs.submit)],
    ['poll', ...latencyCells(latencyMs.poll)],
    ...(timeToDetectMs === null ? [] : [['time to detect', ...latencyCells(timeToDetectMs)]]),
  ];
  const section = (title: string, rows: readonly Told[]) =>
    rows.length === 0 ? [] : [`## ${title}`, markdownTable(['', ''], rows)];
  return `${[
    `# Load on ${markdownText(report.vendor)}`,
    `**${word}**: ${markdownText(rest)}`,
    ...(report.partial === undefined
      ? []
      : [`> Ended early: ${markdownText(report.partial)}. The figures are those until then.`]),
    ...(doubt === undefined ? [] : [`> The generator was ${markdownText(doubt)}.`]),
    ...section('Run', [
      ...loadFacts(report),
      ['tasks', tasksTold(report)],
      ['polls', pollsTold(report)],
      ...callRows(report),
      ['generator', generatorTold(report)],
    ]),
    '## Latency in ms',
    markdownTable(['', ...latencyColumns], latencies),
    ...section('What polling did', metrics === undefined ? [] : metricsTold(metrics)),
    ...(stages.length === 0 ? [] : ['## Stages', markdownTable(['', ...stageColumns], stages)]),
    ...section('Saturation', saturationTold(report)),
    ...(steps.length === 0 ? [] : [markdownTable(['endpoint', ...stepColumns], steps)]),
    ...(thresholds.length === 0
      ? []
      : [
          '## Thresholds',
          markdownTable(
            ['threshold', 'observed', 'verdict'],
            thresholds.map((threshold) => [...thresholdTold(threshold), threshold.ok ? 'met' : 'missed']),
          ),
        ]),
    ...section(
      'Failed requests',
      Object.entries(errors).map(([reason, count]): Told => [reason, wholeNumber(count)]),
    ),
  ].join('\n\n')}\n`;
}
