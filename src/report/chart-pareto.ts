import type { PolicyComparison } from '../core/load-report.js';
import { chartFigure, FRAME, linearAxis, scaleOf } from './chart-frame.js';
import { mark } from './chart-marks.js';
import { spreadLabels } from './chart-scale.js';
import { html, type Markup } from './html-markup.js';
import { figure } from './report-words.js';
import { cutColumns } from './terminal-columns.js';

const LABEL_COLUMNS = 30;
const ON_FRONT = 0;
const BEHIND = 1;

/**
 * Policies by what they cost and how late they are: filled circles, joined by a line, are those that no other beats in
 * both; the rest are hollow squares.
 */
export function paretoChart({ rows, recommended }: PolicyComparison): Markup {
  const axes = {
    x: linearAxis('polls per task', Math.max(...rows.map((row) => row.pollsPerTask)), figure),
    y: linearAxis('ms', Math.max(...rows.map(({ timeToDetectMs }) => timeToDetectMs.mean)), figure),
  };
  const scale = scaleOf(axes.x, axes.y);
  const places = rows.map(({ pollsPerTask, timeToDetectMs }) => ({
    x: scale.x(pollsPerTask),
    y: scale.y(timeToDetectMs.mean),
  }));
  const labels = spreadLabels(
    places.map(({ y }) => y),
    17,
    FRAME.top + 4,
    FRAME.height - FRAME.bottom - 4,
  );
  const front = places
    .filter((_, index) => rows[index]?.onFront)
    .sort((one, other) => one.x - other.x)
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`);
  const drawn = rows.map(({ policy, onFront }, index) => {
    const { x, y } = places[index] ?? { x: 0, y: 0 };
    const labelAt = labels[index] ?? y;
    const isBest = policy === recommended.policy;
    const name = `${cutColumns(policy, LABEL_COLUMNS)}${isBest ? ', recommended' : ''}`;
    return html`${mark(onFront ? ON_FRONT : BEHIND, x, y, onFront)}${
      isBest ? html`<circle class="ring" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="9"/>` : undefined
    }
<line class="leader" x1="${(x + 6).toFixed(1)}" y1="${y.toFixed(1)}" x2="${(x + 14).toFixed(1)}" y2="${labelAt.toFixed(1)}"/>
<text x="${(x + 17).toFixed(1)}" y="${labelAt.toFixed(1)}" dy="4">${name}<title>${policy}</title></text>`;
  });
  return chartFigure(
    'Time to detect against polls',
    'mean time to detect; filled circles are beaten by no other policy in both, hollow squares are',
    axes,
    html`<path class="front" d="${front.join(' ')}"/>${drawn}`,
    {
      head: ['Policy', 'Polls per task', 'Mean time to detect, ms', 'On the front'],
      rows: rows.map(({ policy, pollsPerTask, timeToDetectMs, onFront }) => [
        policy,
        figure(pollsPerTask),
        figure(timeToDetectMs.mean),
        onFront ? 'yes' : 'no',
      ]),
    },
  );
}
