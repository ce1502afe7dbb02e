import type { ComparedRun, DiffReport } from '../core/drift-report.js';
import { changeWords } from './diff-console.js';
import { markdownCell, markdownCode, markdownProse } from './markdown-text.js';
import { counted, severityCounts } from './report-words.js';

const mostRows = 300;
const mostNotCompared = 50;
const verdictWords = {
  same: 'same: nothing has drifted',
  drift: 'drift: nothing that breaks',
  breaking: 'breaking: clients that worked before can break',
} as const;

function runLine(name: string, { target, startedAt, depth, seed, requests, tasks }: ComparedRun): string {
  const spent = `${counted(requests, 'request')}, ${counted(tasks, 'task')}`;
  return `- **${name}:** ${markdownCode(target)} at ${markdownCode(startedAt, 40)}, depth ${markdownCode(depth, 20)}, seed ${seed}, ${spent}`;
}

/** What has drifted between two reports, for the summary of a CI job. */
export function diffToMarkdown(diff: DiffReport): string {
  const rows = diff.drifts.slice(0, mostRows).map((drift) => {
    const where = `${markdownCell(drift.operation, 120)} ${markdownCell(drift.pointer ?? '', 120)}`.trim();
    const cells = [drift.severity, drift.area, where, markdownProse(drift.message, 300)];
    return `| ${[...cells, markdownCell(changeWords(drift), 200)].join(' | ')} |`;
  });
  const left = diff.drifts.length - rows.length;
  const table = ['| severity | area | where | what | change |', '| --- | --- | --- | --- | --- |', ...rows];
  const silent = diff.notCompared.slice(0, mostNotCompared).map((reason) => `- ${markdownProse(reason, 200)}`);
  const blocks = [
    `## proofsheet diff ${markdownProse(diff.vendor)}`,
    `**${verdictWords[diff.verdict]}**${diff.drifts.length === 0 ? '' : ` (${severityCounts(diff.summary)})`}`,
    [runLine('Before', diff.before), runLine('After', diff.after)].join('\n'),
    rows.length === 0 ? '' : table.join('\n'),
    left > 0 ? `${counted(left, 'more drift')} in the JSON report.` : '',
    silent.length === 0 ? '' : `<details><summary>Not compared</summary>\n\n${silent.join('\n')}\n\n</details>`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
