import { createHistogram } from 'node:perf_hooks';
import type { LatencySummary } from '../core/load-report.js';

/** Collects durations in constant memory: a histogram of microseconds with three significant figures. */
export interface LatencyRecorder {
  readonly count: number;
  /** Milliseconds; below a microsecond counts as none. */
  add(ms: number): void;
  summary(): LatencySummary;
}

/** Whole microseconds: more digits would be noise of the clock. */
const rounded = (ms: number) => Math.round(ms * 1000) / 1000;

const LONGEST_US = 24 * 3_600_000_000;

export function createLatencyRecorder(): LatencyRecorder {
  const histogram = createHistogram({ lowest: 1, highest: LONGEST_US, figures: 3 });
  let count = 0;
  let sum = 0;
  let max = 0;
  // The histogram has no 0: its smallest value stands for it.
  const percentile = (share: number) => {
    const us = count === 0 ? 0 : histogram.percentile(share);
    return us <= 1 ? 0 : rounded(Math.min(us / 1000, max));
  };
  return {
    get count() {
      return count;
    },
    add(ms) {
      const value = Math.max(0, ms);
      histogram.record(Math.min(LONGEST_US, Math.max(1, Math.round(value * 1000))));
      count += 1;
      sum += value;
      max = Math.max(max, value);
    },
    summary: () => ({
      count,
      // Kept beside the histogram, whose own mean is that of its bins.
      mean: count === 0 ? 0 : rounded(sum / count),
      p50: percentile(50),
      p90: percentile(90),
      p99: percentile(99),
      p999: percentile(99.9),
      max: rounded(max),
    }),
  };
}
