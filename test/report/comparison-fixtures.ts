/** A comparison of policies built by hand. */
import type { LoadMetrics, PercentilePoint, PolicyComparison, PolicyRow } from '../../src/core/load-report.js';
import { base } from './exchange-fixtures.js';

export const metrics: LoadMetrics = {
  detectionInflation: { mean: 1.14, p50: 1.09, p95: 1.4 },
  wasteRatio: 0.81,
  throttledShare: 0.012,
  pollingShareOfLimit: 0.72,
  costPerCompletedTask: 2.61,
  abandonedThatSucceeded: 0.004,
  duplicates: 0,
  herdIndex: 3.4,
  fairness: 2.2,
};

export const curve = (scale: number): PercentilePoint[] =>
  [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 1].map((share) => ({
    share,
    ms: scale * (0.2 + share ** 3 + (share > 0.98 ? (share - 0.98) * 40 : 0)),
  }));

function row(policy: string, mean: number, pollsPerTask: number, onFront: boolean): PolicyRow {
  return {
    policy,
    timeToDetectMs: {
      count: 1000,
      mean,
      p50: mean * 0.9,
      p90: mean * 1.8,
      p99: mean * 2.2,
      p999: mean * 2.4,
      max: mean * 2.5,
    },
    pollsPerTask,
    metrics: { ...metrics, wasteRatio: 1 - 1 / pollsPerTask },
    tasks: { started: 1000, succeeded: 990, failed: 10, cancelled: 0, abandoned: 0, live: 0 },
    onFront,
    curve: curve(mean),
  };
}

export const comparison: PolicyComparison = {
  schemaVersion: 1,
  kind: 'load-comparison',
  vendor: 'acme',
  target: base,
  seed: 7,
  scenario: 'steady',
  tasks: 1000,
  rows: [
    row('fixed:1s', 510, 31, true),
    row('fixed:5s', 2520, 7, false),
    row('exponential:1s,1.5,45s', 4100, 9.4, false),
    row('full-jitter:1s,2,30s', 3900, 8.9, false),
    row('equal-jitter:1s,2,30s', 3600, 8.1, false),
    row('eta:1s', 1480, 3.2, true),
    row('quantile:0.5', 1430, 4.1, true),
  ],
  recommended: { policy: 'eta:1s', reason: 'a poll less would cost more than a second of waiting' },
};

export function comparisonFilledWith(text: string): PolicyComparison {
  return {
    ...comparison,
    vendor: text,
    target: text,
    scenario: text,
    rows: comparison.rows.map((one) => ({ ...one, policy: text })),
    recommended: { policy: text, reason: text },
  };
}
