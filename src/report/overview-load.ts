import type { LoadReport } from '../core/load-report.js';
import { html, type Markup } from './html-markup.js';
import { exactly, figure, percent, wholeNumber } from './report-words.js';
import { cutColumns } from './terminal-columns.js';

const ROW = 36;
/** A label and its caption share a line on a phone. */
const LABEL_COLUMNS = 22;

interface Bar {
  readonly label: string;
  readonly value: number;
  /** Drawn over the bar from its start: the share that the caption names apart. */
  readonly part?: number;
  readonly caption: string;
}

/** The figures of every load next to each other, as bars and as a table. */
export function loadSection(reports: readonly LoadReport[]): Markup | undefined {
  if (reports.length === 0) return undefined;
  return html`
<section>
<h2>Load</h2>
<div class="charts">
${chart('Polls per task', 'first part: wasted, it saw nothing new', reports.map(pollBar))}
${chart('Poll latency', 'first part: median, whole bar: p99', reports.map(latencyBar('poll')))}
${chart('Submit latency', 'first part: median, whole bar: p99', reports.map(latencyBar('submit')))}
${detectChart(reports)}
</div>
<div class="scroll"><table>
<thead><tr><th>Vendor</th>${headings.map((heading) => html`<th class="number">${heading}</th>`)}</tr></thead>
<tbody>${reports.map(loadRow)}
</tbody></table></div>
${thresholdList(reports)}
${reports.filter(({ generator }) => !generator.valid).map(busyNotice)}
</section>`;
}

const headings = ['Tasks', 'Succeeded', 'Polls', 'Wasted', 'Submit p99', 'Poll p99', 'Saturation'];

function loadRow({ vendor, tasks, polls, latencyMs, saturation }: LoadReport): Markup {
  const cells = [
    wholeNumber(tasks.started),
    percent(tasks.succeeded, tasks.started),
    wholeNumber(polls.total),
    percent(polls.wasted, polls.total),
    `${figure(latencyMs.submit.p99)} ms`,
    `${figure(latencyMs.poll.p99)} ms`,
    saturation ? `${wholeNumber(saturation.requestsPerSecond)}/s` : '-',
  ];
  return html`
<tr><th scope="row">${vendor}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`;
}

function thresholdList(reports: readonly LoadReport[]): Markup | undefined {
  const items = reports.flatMap(({ vendor, thresholds }) =>
    thresholds.map(({ expression, observed, ok }) => {
      const seen = observed === null ? 'nothing was observed' : `observed ${exactly(observed)}`;
      return html`
<li><span class="dot ${ok ? 'pass' : 'fail'}"></span>${vendor} ${ok ? 'met' : 'missed'} <span class="mono">${expression}</span> <span class="quiet">${seen}</span></li>`;
    }),
  );
  return items.length === 0 ? undefined : html`<h3>Thresholds</h3><ul class="thresholds">${items}</ul>`;
}

function busyNotice({ vendor }: LoadReport): Markup {
  return html`<p class="notice">${vendor}: the load generator was too busy, so these figures cannot be trusted.</p>`;
}

function pollBar({ vendor, polls }: LoadReport): Bar {
  const { mean } = polls.perTask;
  const part = polls.total > 0 ? (mean * polls.wasted) / polls.total : 0;
  const caption = polls.total > 0 ? `${figure(mean)} mean, ${percent(polls.wasted, polls.total)} wasted` : 'no polls';
  return { label: vendor, value: mean, part, caption };
}

function latencyBar(kind: 'submit' | 'poll') {
  return ({ vendor, latencyMs }: LoadReport): Bar => {
    const { p50, p99 } = latencyMs[kind];
    return { label: vendor, value: p99, part: p50, caption: `p50 ${figure(p50)} ms, p99 ${figure(p99)} ms` };
  };
}

function detectChart(reports: readonly LoadReport[]): Markup | undefined {
  const bars = reports.flatMap(({ vendor, timeToDetectMs }): Bar[] => {
    if (!timeToDetectMs) return [];
    const { p50, p99 } = timeToDetectMs;
    return [{ label: vendor, value: p99, part: p50, caption: `p50 ${figure(p50)} ms, p99 ${figure(p99)} ms` }];
  });
  if (bars.length === 0) return undefined;
  return chart('Time to detect', 'from ready to seen; first part: median, whole bar: p99', bars);
}

/** Widths are percentages and text keeps its size, so the chart fits a phone without shrinking its words. */
function chart(title: string, legend: string, bars: readonly Bar[]): Markup {
  const longest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const share = (value: number) => `${Math.min(100, (value / longest) * 100).toFixed(2)}%`;
  const rows = bars.map(
    ({ label, value, part, caption }, index) => html`
<text x="0" y="${index * ROW + 13}" class="name">${cutColumns(label, LABEL_COLUMNS)}<title>${label}</title></text>
<text x="100%" y="${index * ROW + 13}" text-anchor="end" class="value">${caption}</text>
<rect class="track" x="0" y="${index * ROW + 19}" width="100%" height="8" rx="2"/>
<rect class="whole" x="0" y="${index * ROW + 19}" width="${share(value)}" height="8" rx="2"/>
<rect class="part" x="0" y="${index * ROW + 19}" width="${share(part ?? 0)}" height="8" rx="2"/>`,
  );
  return html`
<figure class="chart"><figcaption><b>${title}</b> <span class="quiet">${legend}</span></figcaption>
<svg width="100%" height="${bars.length * ROW}" role="img" aria-label="${title}">${rows}
</svg></figure>`;
}
