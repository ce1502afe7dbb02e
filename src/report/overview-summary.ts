import type { CheckReport } from '../core/check-report.js';
import { html, type Markup } from './html-markup.js';
import { severityCounts, wholeNumber } from './report-words.js';

const parts = [
  { verdict: 'pass', word: 'passed' },
  { verdict: 'fail', word: 'failed' },
  { verdict: 'inconclusive', word: 'inconclusive' },
  { verdict: 'skipped', word: 'skipped' },
] as const;

/** One row per report: the verdict, the checks as a small bar, what it took and what was found. */
export function summaryTable(reports: readonly CheckReport[]): Markup {
  return html`<table class="summary">
<thead><tr><th>Vendor</th><th>Verdict</th><th>Checks</th><th class="number">Tasks</th><th>Findings</th></tr></thead>
<tbody>${reports.map(summaryRow)}
</tbody></table>`;
}

function summaryRow(report: CheckReport, index: number): Markup {
  const { checks, findings, tasks } = report.summary;
  const words = parts.filter(({ verdict }) => checks[verdict] > 0);
  return html`
<tr>
<th scope="row" class="vendor-cell" data-label="Vendor"><a href="#vendor-${index + 1}">${report.vendor}</a></th>
<td data-label="Verdict"><span class="pill ${report.verdict}">${report.verdict}</span></td>
<td class="checks-cell" data-label="Checks"><div>${checkBar(report)}<span class="quiet">${words
    .map(({ verdict, word }) => `${checks[verdict]} ${word}`)
    .join(', ')}</span></div></td>
<td data-label="Tasks" class="number">${wholeNumber(tasks)}</td>
<td class="findings-cell" data-label="Findings">${severityCounts(findings) || 'none'}</td>
</tr>`;
}

function checkBar({ summary }: CheckReport): Markup {
  const total = parts.reduce((sum, { verdict }) => sum + summary.checks[verdict], 0);
  let x = 0;
  const bars = parts.map(({ verdict }) => {
    const width = total > 0 ? (summary.checks[verdict] / total) * 100 : 0;
    const bar = html`<rect class="${verdict}" x="${x.toFixed(2)}%" width="${width.toFixed(2)}%" height="6"/>`;
    x += width;
    return width > 0 ? bar : undefined;
  });
  return html`<svg class="check-bar" width="100%" height="6" aria-hidden="true">${bars}</svg>`;
}
