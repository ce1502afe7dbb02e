import type { LoadMetrics } from '../../core/load-report.js';
import { createLatencyRecorder, type LatencyState } from '../latency-recorder.js';
import type { LoadSample } from '../load-sample.js';
import { createHistogram, type HistogramState } from './histogram.js';

type Ended = Extract<LoadSample, { type: 'ended' }>;

/** Clocks of two processes on one machine agree to a few milliseconds; beyond that, an early answer is a fault. */
const CLOCK_SLACK_MS = 5;

export interface DetectionState {
  readonly late: LatencyState;
  readonly inflation: HistogramState;
  readonly inflationSum: number;
  readonly early: number;
}

/** Inflation is counted in whole thousandths. */
const FINE = 1000;

/**
 * How late users learn that a task is done. Time to detect: detected - ready. Detection inflation:
 * (detected - submitted) / (ready - submitted), from the planned moment of the submit. Fairness: p99 over p50 of the
 * time to detect. Only tasks that were seen to end count, and only where the moment of readiness is known.
 */
export function createDetection() {
  const late = createLatencyRecorder();
  const inflation = createHistogram();
  let inflationSum = 0;
  let early = 0;
  return {
    late,
    ended({ outcome, at, readyAt, plannedAt }: Ended) {
      if (readyAt === undefined || outcome === 'live' || outcome === 'abandoned') return;
      const lateMs = at - readyAt;
      if (lateMs < -CLOCK_SLACK_MS) early += 1;
      late.add(lateMs);
      const wholeMs = readyAt - plannedAt;
      if (wholeMs <= 0) return;
      const factor = (at - plannedAt) / wholeMs;
      inflation.add(Math.round(factor * FINE));
      inflationSum += factor;
    },
    /** Tasks that were seen to have ended before they had. */
    early: () => early,
    inflation: (): LoadMetrics['detectionInflation'] =>
      inflation.count === 0
        ? null
        : {
            mean: inflationSum / inflation.count,
            p50: inflation.quantile(0.5) / FINE,
            p95: inflation.quantile(0.95) / FINE,
          },
    fairness: (): number | null => {
      const half = late.quantile(0.5);
      return half > 0 ? late.quantile(0.99) / half : null;
    },
    state: (): DetectionState => ({ late: late.state(), inflation: inflation.state(), inflationSum, early }),
    merge(other: DetectionState) {
      late.merge(other.late);
      inflation.merge(other.inflation);
      inflationSum += other.inflationSum;
      early += other.early;
    },
  };
}
