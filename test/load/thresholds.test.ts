import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import type { LatencySummary, LoadReport } from '../../src/core/load-report.js';
import { parseThreshold, thresholdNames, withThresholds } from '../../src/load/thresholds.js';

const latency: LatencySummary = { count: 10, mean: 20, p50: 18, p90: 30, p99: 49, p999: 55, max: 60 };
const report: LoadReport = {
  schemaVersion: 1,
  kind: 'load',
  vendor: 'acme',
  target: 'http://127.0.0.1:1',
  seed: 1,
  tasks: { started: 100, succeeded: 99, failed: 1, cancelled: 0, abandoned: 0, live: 0 },
  polls: { total: 1000, wasted: 800, perTask: { mean: 10, p50: 9, p95: 14 } },
  latencyMs: { submit: { ...latency, count: 0 }, poll: latency },
  timeToDetectMs: null,
  generator: { lateStarts: 2, eventLoopDelayP99Ms: 1, cpuShare: 0.2, valid: true },
  thresholds: [],
  errors: { 'poll 500': 3, 'poll 429': 4 },
  percentiles: { submit: [], poll: [{ share: 0.95, ms: 44 }], timeToDetect: [{ share: 0.95, ms: 2500 }] },
  metrics: {
    detectionInflation: { mean: 1.4, p50: 1.3, p95: 2 },
    wasteRatio: 0.8,
    throttledShare: 0.02,
    pollingShareOfLimit: null,
    costPerCompletedTask: 2.6,
    abandonedThatSucceeded: 0.01,
    duplicates: 3,
    herdIndex: 4,
    fairness: 2,
  },
};

test.each<[string, number | null, boolean]>([
  ['poll.p99<50ms', 49, true],
  ['poll.p99<49', 49, false],
  ['poll.p99<=49', 49, true],
  [' poll.max > 0.05s ', 60, true],
  ['wasted<0.8', 0.8, false],
  ['wasted<=80%', 0.8, true],
  ['succeeded>=0.99', 0.99, true],
  ['abandoned<=0', 0, true],
  ['polls.perTask.mean<12', 10, true],
  ['polls.perTask.p95<12', 14, false],
  ['errors<5', 7, false],
  ['lateStarts<5', 2, true],
  ['started>=100', 100, true],
  ['detect.mean<1s', null, false],
  ['submit.p99<1s', null, false],
  ['requestsPerSecond>100', null, false],
  ['task.timeToDetect.p95<3s', 2500, true],
  ['poll.p95<40ms', 44, false],
  ['submit.p95<1s', null, false],
  ['poll.wasted<60%', 0.8, false],
  ['task.detectionInflation.mean<1.5', 1.4, true],
  ['task.cost<2.6', 2.6, false],
  ['throttled<=2%', 0.02, true],
  ['poll.shareOfLimit<90%', null, false],
  ['task.duplicates<=3', 3, true],
  ['herdIndex<5', 4, true],
])('%s sees %j: %j', (expression, observed, ok) => {
  expect(parseThreshold(expression).evaluate(report)).toEqual({ expression: expression.trim(), observed, ok });
});

test.each([
  '',
  'poll.p99',
  'poll.p99<',
  'poll.p99=5',
  'poll.p99<5x',
  'poll<5',
  'wasted<5ms',
  'wasted<2',
  'wasted<120%',
  'errors<5%',
  'errors<-1',
  'a<1 && b<2',
  'toString<1',
])('%j is no threshold', (expression) => {
  expect(() => parseThreshold(expression)).toThrow(UsageError);
});

test('an unknown name is told with every name there is', () => {
  expect(() => parseThreshold('speed<1')).toThrow(thresholdNames.join(', '));
});

test('an unknown name is told the nearest ones', () => {
  expect(() => parseThreshold('task.timeToDetekt.p95<3s')).toThrow(/did you mean task\.timeToDetect\.p95/);
  expect(() => parseThreshold('pol.wasted<60%')).toThrow(/did you mean poll\.wasted/);
});

test('outcomes stand in the report in the order given', () => {
  const { thresholds } = withThresholds(report, ['errors<5', 'wasted<1'].map(parseThreshold));
  expect(thresholds.map(({ expression, ok }) => [expression, ok])).toEqual([
    ['errors<5', false],
    ['wasted<1', true],
  ]);
});
