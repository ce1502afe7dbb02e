import type { PolicyComparison, PolicyRow } from '../core/load-report.js';
import { dataTable } from './chart-frame.js';
import { mark } from './chart-marks.js';
import { durationTicks } from './chart-scale.js';
import { html, type Markup } from './html-markup.js';
import { figure } from './report-words.js';
import { cutColumns } from './terminal-columns.js';

const FRAME = { width: 760, left: 276, right: 24, top: 34, row: 28, bottom: 44 } as const;
const LABEL_COLUMNS = 33;
/** Shown times are whole microseconds: nothing is earlier on the axis. */
const LEAST_MS = 0.001;

const points = ['p50', 'p90', 'p99'] as const;

function timeOf(row: PolicyRow, point: (typeof points)[number]): number {
  return Math.max(LEAST_MS, row.timeToDetectMs[point]);
}

/**
 * How late each policy sees ends, a row each on an axis where equal steps are equal factors: p50, p90 and p99 have marks
 * of their own, filled where no other policy beats it in both delay and polls.
 */
export function detectionByPolicy({ rows, recommended }: PolicyComparison): Markup {
  const { width, left, right, top, row: step, bottom } = FRAME;
  const times = rows.flatMap((row) => points.map((point) => timeOf(row, point)));
  const ticks = durationTicks(Math.min(...times), Math.max(...times));
  const [least, most] = [Math.log(ticks[0]?.ms ?? 1), Math.log(ticks.at(-1)?.ms ?? 10)];
  const x = (ms: number) => left + ((Math.log(ms) - least) / (most - least)) * (width - left - right);
  const floor = top + rows.length * step;
  const grid = ticks.map(
    ({ ms, label }) => html`
<line class="grid" x1="${x(ms).toFixed(1)}" y1="${top}" x2="${x(ms).toFixed(1)}" y2="${floor}"/>
<text class="value" x="${x(ms).toFixed(1)}" y="${floor + 20}" text-anchor="middle">${label}</text>`,
  );
  const drawn = rows.map((row, index) => {
    const y = top + (index + 0.5) * step;
    const { policy, onFront } = row;
    const note = `${onFront ? ' *' : ''}${policy === recommended.policy ? ' (recommended)' : ''}`;
    const name = `${cutColumns(policy, LABEL_COLUMNS - note.length)}${note}`;
    return html`
<text x="${left - 12}" y="${y}" dy="4" text-anchor="end">${name}<title>${policy}</title></text>
<line class="span" x1="${x(timeOf(row, 'p50')).toFixed(1)}" y1="${y}" x2="${x(timeOf(row, 'p99')).toFixed(1)}" y2="${y}"/>${points.map(
      (point, kind) => mark(kind, x(timeOf(row, point)), y, onFront),
    )}`;
  });
  const key = points.map((point, kind) => {
    const at = left + 8 + kind * 64;
    return html`${mark(kind, at, 14)}<text class="value" x="${at + 10}" y="14" dy="4">${point}</text>`;
  });
  const title = 'Time to detect by policy';
  return html`
<figure class="plot"><figcaption><b>${title}</b> <span class="quiet">from ready to seen; filled marks and a star where no other policy beats it in both delay and polls</span></figcaption>
<div class="scroll"><svg viewBox="0 0 ${width} ${floor + bottom}" role="img" aria-label="${title}">${key}${grid}
<line class="axis" x1="${left}" y1="${floor}" x2="${width - right}" y2="${floor}"/>${drawn}
</svg></div>
${dataTable(title, {
  head: ['Policy', 'On the front', 'Mean ms', ...points.map((point) => `${point} ms`)],
  rows: rows.map((row) => [
    row.policy,
    row.onFront ? 'yes' : 'no',
    figure(row.timeToDetectMs.mean),
    ...points.map((point) => figure(row.timeToDetectMs[point])),
  ]),
})}</figure>`;
}
