import type { PolicyComparison, PolicyRow } from '../core/load-report.js';
import { paretoChart } from './chart-pareto.js';
import { detectionByPolicy } from './chart-ranges.js';
import { comparisonCells, comparisonColumns, comparisonFacts } from './comparison-words.js';
import { html, type Markup } from './html-markup.js';
import { percentileChart } from './load-charts.js';
import { factList } from './load-html.js';
import { loadPage } from './load-page.js';

/** Policies on the same tasks, side by side, as one page. */
export function comparisonToHtml(comparison: PolicyComparison): string {
  const { vendor, rows, recommended } = comparison;
  const lead = html`<p class="verdict"><span class="pill MET">recommended</span> <b class="mono">${recommended.policy}</b>: ${recommended.reason}</p>`;
  // Lines beyond the front would hide those that matter, and one line compares nothing.
  const front = rows.filter(({ onFront }) => onFront);
  const curves = front.map(({ policy, curve, timeToDetectMs }) => ({
    name: policy,
    points: curve,
    count: timeToDetectMs.count,
  }));
  const charts =
    rows.length === 0
      ? []
      : [
          detectionByPolicy(comparison),
          paretoChart(comparison),
          ...(curves.length < 2
            ? []
            : [percentileChart('Percentiles of the front', 'time to detect, from ready to seen', curves)]),
        ];
  return loadPage(`Polling policies for ${vendor}`, lead, [
    html`
<section><h2>Comparison</h2>${factList(comparisonFacts(comparison))}
${policyTable(rows, recommended.policy)}</section>`,
    html`
<section><h2>Charts</h2><div class="plots">${charts}</div></section>`,
  ]);
}

function policyTable(rows: readonly PolicyRow[], best: string): Markup {
  const [first = '', ...others] = comparisonColumns;
  const lines = rows.map((row) => {
    const [name = '', ...cells] = comparisonCells(row);
    return html`
<tr class="${row.policy === best ? 'best' : 'other'}"><th scope="row">${name}</th>${cells.map(
      (cell) => html`<td class="number">${cell}</td>`,
    )}</tr>`;
  });
  return html`<div class="scroll"><table>
<thead><tr><th>${first}</th>${others.map((name) => html`<th class="number">${name}</th>`)}</tr></thead>
<tbody>${lines}
</tbody></table></div>`;
}
