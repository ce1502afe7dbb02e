import type { LoadReport } from '../core/load-report.js';
import { html, type Markup } from './html-markup.js';
import { loadCharts } from './load-charts.js';
import { loadPage } from './load-page.js';
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
  undetectedTold,
  verdictTold,
} from './load-words.js';
import { wholeNumber } from './report-words.js';
import { saturationTold, stepColumns, stepRows } from './saturation-words.js';
import { stageColumns, stageRows } from './stage-words.js';

/** The whole load as one page, with its charts. */
export function loadToHtml(report: LoadReport): string {
  const { word, rest } = verdictTold(report);
  const doubt = doubtTold(report);
  const charts = loadCharts(report);
  const lead = html`<p class="verdict"><span class="pill ${word}">${word}</span> ${rest}</p>
${report.partial === undefined ? undefined : html`<p class="notice">Ended early: ${report.partial}. The figures are those until then.</p>`}
${doubt === undefined ? undefined : html`<p class="notice">The generator was ${doubt}.</p>`}`;
  return loadPage(`Load on ${report.vendor}`, lead, [
    html`
<section><h2>Run</h2>${factList([
      ...loadFacts(report),
      ['tasks', tasksTold(report)],
      ['polls', pollsTold(report)],
      ...callRows(report),
      ['generator', generatorTold(report)],
    ])}</section>`,
    html`
<section><h2>Latency in ms</h2>${latencyTable(report)}</section>`,
    ...(charts.length === 0
      ? []
      : [
          html`
<section><h2>Charts</h2><div class="plots">${charts}</div></section>`,
        ]),
    ...rowsSection('What polling did', report.metrics === undefined ? [] : metricsTold(report.metrics)),
    ...tableSection('Stages', stageColumns, stageRows(report)),
    ...rowsSection('Saturation', saturationTold(report)),
    ...tableSection('Steps', stepColumns, stepRows(report)),
    ...thresholdSection(report),
    ...rowsSection(
      'Failed requests',
      Object.entries(report.errors).map(([reason, count]): Told => [reason, wholeNumber(count)]),
    ),
  ]);
}

export function factList(facts: readonly Told[]): Markup {
  return html`<dl class="facts">${facts.map(
    ([name, text]) => html`
<div><dt>${name}</dt><dd>${text}</dd></div>`,
  )}</dl>`;
}

function rowsSection(title: string, rows: readonly Told[]): Markup[] {
  if (rows.length === 0) return [];
  const lines = rows.map(
    ([name, text]) => html`
<tr><th scope="row">${name}</th><td class="number">${text}</td></tr>`,
  );
  return [
    html`
<section><h2>${title}</h2><div class="scroll"><table><tbody>${lines}
</tbody></table></div></section>`,
  ];
}

function tableSection(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): Markup[] {
  if (rows.length === 0) return [];
  return [
    html`
<section><h2>${title}</h2>${figureTable(['', ...columns], rows)}</section>`,
  ];
}

/** A table whose first column names what the figures of a row are of. */
function figureTable([first = '', ...heads]: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return html`<div class="scroll"><table>
<thead><tr><th>${first}</th>${heads.map((name) => html`<th class="number">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = '', ...cells]) => html`
<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`,
  )}
</tbody></table></div>`;
}

function latencyTable(report: LoadReport): Markup {
  const { latencyMs, timeToDetectMs } = report;
  const rows = [
    ['submit', ...latencyCells(latencyMs.submit)],
    ['poll', ...latencyCells(latencyMs.poll)],
    ...(timeToDetectMs === null ? [] : [['time to detect', ...latencyCells(timeToDetectMs)]]),
  ];
  const unknown =
    timeToDetectMs === null
      ? html`<p class="quiet">The time to detect is unknown: ${undetectedTold(report)}.</p>`
      : undefined;
  return html`${figureTable(['', ...latencyColumns], rows)}${unknown}`;
}

function thresholdSection({ thresholds }: LoadReport): Markup[] {
  if (thresholds.length === 0) return [];
  const items = thresholds.map((threshold) => {
    const [expression, seen] = thresholdTold(threshold);
    return html`
<li><span class="dot ${threshold.ok ? 'pass' : 'fail'}"></span>${threshold.ok ? 'met' : 'missed'} <span class="mono">${expression}</span> <span class="quiet">${seen}</span></li>`;
  });
  return [
    html`
<section><h2>Thresholds</h2><ul class="thresholds">${items}</ul></section>`,
  ];
}
