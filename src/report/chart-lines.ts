import { type Axis, type ChartTable, chartFigure, FRAME, scaleOf } from './chart-frame.js';
import { dashOf, KINDS, mark } from './chart-marks.js';
import { spreadLabels } from './chart-scale.js';
import { html, type Markup } from './html-markup.js';
import { cutColumns } from './terminal-columns.js';

export interface Line {
  readonly name: string;
  /** Falling x is not drawn well; the caller sorts. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const MARKS_PER_LINE = 8;
const LABEL_COLUMNS = 21;
const LABEL_GAP = 17;

/** Lines that differ in dash and mark, each with its name at its end. */
export function lineChart(
  title: string,
  legend: string,
  axes: { readonly x: Axis; readonly y: Axis },
  lines: readonly Line[],
  table: ChartTable,
): Markup {
  const scale = scaleOf(axes.x, axes.y);
  const drawn = lines.filter(({ points }) => points.length > 0);
  const ends = drawn.map(({ points }) => scale.y(points.at(-1)?.y ?? 0));
  const labels = spreadLabels(ends, LABEL_GAP, FRAME.top + 4, FRAME.height - FRAME.bottom);
  const marks = drawn.map(({ name, points }, kind) => {
    const places = points.map(({ x, y }) => ({ x: scale.x(x), y: scale.y(y) }));
    const path = places.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(' ');
    // Each line has its marks elsewhere, so that lines that lie on each other show both.
    const every = Math.max(1, Math.ceil(places.length / MARKS_PER_LINE));
    const shown = places.filter(
      (_, index) => index % every === Math.min(every - 1, kind) || index === places.length - 1,
    );
    const end = places.at(-1) ?? { x: 0, y: 0 };
    const labelAt = labels[kind] ?? end.y;
    return html`
<path class="line k${kind % KINDS}" d="${path}" stroke-dasharray="${dashOf(kind)}"/>${shown.map(({ x, y }) =>
      mark(kind, x, y),
    )}
<line class="leader" x1="${(end.x + 6).toFixed(1)}" y1="${end.y.toFixed(1)}" x2="${(end.x + 16).toFixed(1)}" y2="${labelAt.toFixed(1)}"/>
<text x="${(end.x + 20).toFixed(1)}" y="${labelAt.toFixed(1)}" dy="4">${cutColumns(name, LABEL_COLUMNS)}<title>${name}</title></text>`;
  });
  return chartFigure(title, legend, axes, marks, table);
}
