import type { LoadReport, LoadSeries, PercentilePoint } from '../core/load-report.js';
import { type Axis, endingAxis, linearAxis } from './chart-frame.js';
import { type Line, lineChart } from './chart-lines.js';
import type { Markup } from './html-markup.js';
import { figure } from './report-words.js';

/** One over what is left: every nine more is one step further, because that is where latencies differ. */
const nines = (share: number) => -Math.log10(Math.max(1 - share, 1e-5));

const shares: readonly { readonly share: number; readonly label: string }[] = [
  { share: 0, label: '0' },
  { share: 0.5, label: '50 %' },
  { share: 0.9, label: '90 %' },
  { share: 0.99, label: '99 %' },
  { share: 0.999, label: '99.9 %' },
  { share: 0.9999, label: '99.99 %' },
];

export interface Curve {
  readonly name: string;
  readonly points: readonly PercentilePoint[];
  /** How many samples there are: no share is finer than one of them. */
  readonly count: number;
}

/** The smallest known time that so large a share of all samples stayed within. */
function timeAt(points: readonly PercentilePoint[], share: number): number | undefined {
  return points.find((point) => point.share >= share)?.ms ?? points.at(-1)?.ms;
}

/** How long what share of all samples took at most. */
export function percentileChart(title: string, legend: string, curves: readonly Curve[]): Markup | undefined {
  const known = curves.filter(({ points }) => points.length > 0);
  if (known.length === 0) return undefined;
  const most = Math.max(...known.map(({ count }) => count));
  const ticks = shares.filter(({ share }, index) => index < 3 || (1 - share) * most >= 1 - 1e-9);
  const x: Axis = {
    label: 'share of all samples',
    ticks: ticks.map(({ share, label }) => ({ at: nines(share), label })),
  };
  const end = ticks.at(-1)?.share ?? 1;
  const lines = known.map(({ name, points }): Line => {
    const within = points.filter(({ share }) => share < end).map(({ share, ms }) => ({ x: nines(share), y: ms }));
    return { name, points: [...within, { x: nines(end), y: timeAt(points, end) ?? 0 }] };
  });
  const y = linearAxis('ms', Math.max(...lines.flatMap(({ points }) => points.map((point) => point.y))), figure);
  const rows = ticks
    .slice(1)
    .map(({ share, label }) => [label, ...known.map(({ points }) => figure(timeAt(points, share) ?? 0))]);
  return lineChart(title, legend, { x, y }, lines, {
    head: ['Share', ...known.map(({ name }) => `${name}, ms`)],
    rows,
  });
}

const MOST_ROWS = 30;
/** More points than this only draw noise. */
const MOST_POINTS = 80;

type SeriesName = Exclude<keyof LoadSeries, 'sliceMs'>;

function timeChart(
  title: string,
  legend: string,
  series: LoadSeries,
  shown: readonly { readonly name: string; readonly of: SeriesName; readonly perSecond: boolean }[],
): Markup | undefined {
  const joined = Math.max(1, Math.ceil(series.started.length / MOST_POINTS));
  const sliceMs = series.sliceMs * joined;
  const count = Math.ceil(series.started.length / joined);
  if (count === 0) return undefined;
  const lines = shown.map(({ name, of, perSecond }): Line => {
    const points = Array.from({ length: count }, (_, slice) => {
      const values = series[of].slice(slice * joined, (slice + 1) * joined);
      const sum = values.reduce((total, value) => total + value, 0);
      const y = perSecond ? (sum * 1000) / (values.length * series.sliceMs) : (values.at(-1) ?? 0);
      return { x: ((slice + 0.5) * sliceMs) / 1000, y };
    });
    return { name, points };
  });
  const most = Math.max(...lines.flatMap(({ points }) => points.map(({ y }) => y)));
  const axes = {
    x: endingAxis('seconds since the start', ((count - 0.5) * sliceMs) / 1000, figure),
    y: linearAxis(shown[0]?.perSecond ? 'per second' : 'tasks', most, figure),
  };
  const every = Math.max(1, Math.ceil(count / MOST_ROWS));
  const rows = Array.from({ length: count }, (_, slice) => slice).flatMap((slice) =>
    slice % every > 0
      ? []
      : [[figure((slice * sliceMs) / 1000), ...lines.map(({ points }) => figure(points[slice]?.y ?? 0))]],
  );
  return lineChart(title, legend, axes, lines, { head: ['From second', ...shown.map(({ name }) => name)], rows });
}

/** Percentile curves, then what went on over time; nothing for a report without them. */
export function loadCharts({ percentiles, series, latencyMs, timeToDetectMs }: LoadReport): readonly Markup[] {
  const curves =
    percentiles === undefined
      ? undefined
      : percentileChart('Latency by percentile', 'from the planned moment to the whole answer', [
          { name: 'submit', points: percentiles.submit, count: latencyMs.submit.count },
          { name: 'poll', points: percentiles.poll, count: latencyMs.poll.count },
        ]);
  const detect =
    percentiles === undefined
      ? undefined
      : percentileChart('Time to detect by percentile', 'from ready to seen', [
          { name: 'time to detect', points: percentiles.timeToDetect, count: timeToDetectMs?.count ?? 0 },
        ]);
  const arrivals =
    series === undefined
      ? undefined
      : timeChart('Requests over time', 'tasks that started and ended, and polls', series, [
          { name: 'tasks started', of: 'started', perSecond: true },
          { name: 'tasks ended', of: 'ended', perSecond: true },
          { name: 'polls', of: 'polls', perSecond: true },
          ...(series.throttled.some((count) => count > 0)
            ? [{ name: 'answers 429', of: 'throttled' as const, perSecond: true }]
            : []),
        ]);
  const inFlight =
    series === undefined
      ? undefined
      : timeChart('Tasks in flight', 'started and not ended at the end of a slice', series, [
          { name: 'in flight', of: 'inFlight', perSecond: false },
        ]);
  return [curves, detect, arrivals, inFlight].filter((chart) => chart !== undefined);
}
