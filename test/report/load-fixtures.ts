/** Loads built by hand: one that misses a threshold, one that saturates its own generator, one full of any text. */
import type { LoadReport } from '../../src/core/load-report.js';
import { base } from './exchange-fixtures.js';

const latency = (scale: number) => ({
  count: 1840,
  mean: 2.1 * scale,
  p50: 1.8 * scale,
  p90: 3.42 * scale,
  p99: 8.75 * scale,
  p999: 21 * scale,
  max: 143.4 * scale,
});

export const load: LoadReport = {
  schemaVersion: 1,
  kind: 'load',
  vendor: 'acme',
  target: base,
  seed: 42,
  tasks: { started: 200, succeeded: 188, failed: 9, cancelled: 0, abandoned: 3, live: 0 },
  polls: { total: 1840, wasted: 1402, perTask: { mean: 9.2, p50: 9, p95: 14 } },
  latencyMs: { submit: latency(1.6), poll: latency(1) },
  timeToDetectMs: latency(60),
  generator: { lateStarts: 1, eventLoopDelayP99Ms: 11.2, cpuShare: 0.34, valid: true },
  thresholds: [
    { expression: 'poll.p99 < 20ms', observed: 8.75, ok: true },
    { expression: 'polls.perTask.mean < 8', observed: 9.2, ok: false },
    { expression: 'detect.p95 < 1s', observed: null, ok: false },
  ],
  errors: { '503 from poll': 4, 'ECONNRESET at submit': 3 },
};

export const saturated: LoadReport = {
  ...load,
  vendor: 'umber',
  polls: { total: 0, wasted: 0, perTask: { mean: 0, p50: 0, p95: 0 } },
  timeToDetectMs: null,
  generator: { lateStarts: 300, eventLoopDelayP99Ms: 240, cpuShare: 0.99, valid: false },
  thresholds: [],
  errors: {},
  saturation: {
    requests: 265_310,
    durationMs: 10_000,
    requestsPerSecond: 26_531,
    connections: 64,
    errors: 0,
    non2xx: 12,
  },
};

export function loadFilledWith(text: string): LoadReport {
  return {
    ...load,
    vendor: text,
    target: text,
    thresholds: [{ expression: text, observed: 1, ok: false }],
    errors: { [text]: 1 },
  };
}
