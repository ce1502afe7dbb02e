import type { LatencySummary, PercentilePoint } from '../core/load-report.js';
import { createHistogram, type HistogramState } from './metrics/histogram.js';

/** Everything that a recorder collected, as another thread can be told. */
export interface LatencyState {
  readonly histogram: HistogramState;
  /** Milliseconds, exact. */
  readonly totalMs: number;
  readonly longestMs: number;
}

/** Collects durations in constant memory: a histogram of microseconds with three significant figures. */
export interface LatencyRecorder {
  readonly count: number;
  /** Milliseconds; below a microsecond counts as none. */
  add(ms: number): void;
  state(): LatencyState;
  /** Takes over everything that another recorder collected. */
  merge(other: LatencyState): void;
  summary(): LatencySummary;
  /** The percentile curve; empty without samples. */
  curve(): PercentilePoint[];
  /** Milliseconds that at least this share of all samples (0 to 1) do not exceed; 0 without samples. */
  quantile(share: number): number;
}

/** Whole microseconds: more digits would be noise of the clock. */
const rounded = (ms: number) => Math.round(ms * 1000) / 1000;

const curveShares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99, 0.999, 0.9999, 1];

export function createLatencyRecorder(): LatencyRecorder {
  const histogram = createHistogram();
  // Kept beside the histogram, whose own sums are of whole microseconds.
  let sum = 0;
  let max = 0;
  const quantile = (share: number) => rounded(Math.min(histogram.quantile(share) / 1000, max));
  return {
    get count() {
      return histogram.count;
    },
    add(ms) {
      const value = ms > 0 ? ms : 0;
      histogram.add(Math.round(value * 1000));
      sum += value;
      if (value > max) max = value;
    },
    state: () => ({ histogram: histogram.state(), totalMs: sum, longestMs: max }),
    merge(other) {
      histogram.merge(other.histogram);
      sum += other.totalMs;
      max = Math.max(max, other.longestMs);
    },
    quantile,
    summary: () => ({
      count: histogram.count,
      mean: histogram.count === 0 ? 0 : rounded(sum / histogram.count),
      p50: quantile(0.5),
      p90: quantile(0.9),
      p99: quantile(0.99),
      p999: quantile(0.999),
      max: rounded(max),
    }),
    curve: () => (histogram.count === 0 ? [] : curveShares.map((share) => ({ share, ms: quantile(share) }))),
  };
}
