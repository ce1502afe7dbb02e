import { axisTicks } from './chart-scale.js';
import { html, type Markup, type Piece } from './html-markup.js';

/** A chart in units of its own that a browser scales to the page. */
export const FRAME = { width: 760, height: 320, left: 64, right: 168, top: 30, bottom: 44 } as const;

interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface Axis {
  readonly label: string;
  readonly ticks: readonly Tick[];
  /** Where the axis ends; at its last tick by default. */
  readonly end?: number;
}

/** An axis that ends where the data does, so that what is said at a line's end stands beside the chart. */
export function endingAxis(label: string, end: number, format: (value: number) => string): Axis {
  const { ticks } = linearAxis(label, end, format);
  return { label, ticks: ticks.filter(({ at }) => at <= end), end };
}

/** From values to places in the frame. */
export interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function linearAxis(label: string, most: number, format: (value: number) => string): Axis {
  return { label, ticks: axisTicks(most).map((at) => ({ at, label: format(at) })) };
}

export function scaleOf(x: Axis, y: Axis): Scale {
  const { width, height, left, right, top, bottom } = FRAME;
  const place = (axis: Axis, from: number, to: number) => {
    const least = axis.ticks[0]?.at ?? 0;
    const most = axis.end ?? axis.ticks.at(-1)?.at ?? 1;
    return (value: number) => {
      const share = most > least ? (value - least) / (most - least) : 0;
      return from + Math.min(1, Math.max(0, share)) * (to - from);
    };
  };
  return { x: place(x, left, width - right), y: place(y, height - bottom, top) };
}

export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Title, axes and grid around what is drawn; beneath it the same figures as a table. */
export function chartFigure(
  title: string,
  legend: string,
  axes: { readonly x: Axis; readonly y: Axis },
  drawn: Piece,
  table: ChartTable,
): Markup {
  const { width, height, left, right, bottom } = FRAME;
  const scale = scaleOf(axes.x, axes.y);
  const floor = height - bottom;
  const grid = axes.y.ticks.map(({ at, label }) => {
    const y = scale.y(at).toFixed(1);
    return html`
<line class="grid" x1="${left}" y1="${y}" x2="${width - right}" y2="${y}"/>
<text class="value" x="${left - 8}" y="${y}" dy="4" text-anchor="end">${label}</text>`;
  });
  const foot = axes.x.ticks.map(({ at, label }) => {
    const x = scale.x(at).toFixed(1);
    return html`
<line class="tick" x1="${x}" y1="${floor}" x2="${x}" y2="${floor + 5}"/>
<text class="value" x="${x}" y="${floor + 20}" text-anchor="middle">${label}</text>`;
  });
  const middle = (left + width - right) / 2;
  return html`
<figure class="plot"><figcaption><b>${title}</b> <span class="quiet">${legend}</span></figcaption>
<div class="scroll"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${grid}
<line class="axis" x1="${left}" y1="${floor}" x2="${width - right}" y2="${floor}"/>${foot}
<text class="value" x="${middle}" y="${height - 6}" text-anchor="middle">${axes.x.label}</text>
<text class="value" x="0" y="12">${axes.y.label}</text>${drawn}
</svg></div>
${dataTable(title, table)}</figure>`;
}

/** The figures of a chart for those who want to read them; folded away. */
export function dataTable(title: string, { head, rows }: ChartTable): Markup {
  const [first = '', ...others] = head;
  return html`<details class="data"><summary>Figures of this chart</summary>
<div class="scroll"><table aria-label="${title}">
<thead><tr><th>${first}</th>${others.map((name) => html`<th class="number">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = '', ...cells]) => html`
<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`,
  )}
</tbody></table></div></details>`;
}
