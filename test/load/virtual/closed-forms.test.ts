/** The simulation against what can be said with pencil and paper. */
import { expect, test } from 'vitest';
import { exponential, fixed } from '../../../src/core/polling.js';
import { burstArrivals } from '../../../src/load/arrivals/burst.js';
import { constantArrivals } from '../../../src/load/arrivals/constant.js';
import { type RunVirtualOptions, runVirtual } from '../../../src/load/virtual/run-virtual.js';
import { contractOf } from '../../client/fake-vendor.js';

// Its tasks are never seen waiting, so their durations are those of `running`.
const contract = await contractOf('gptimage15');
const atOnce = { kind: 'fixed', ms: 0 } as const;

function run(options: Partial<RunVirtualOptions> & Pick<RunVirtualOptions, 'policy'>) {
  return runVirtual({
    contract,
    server: { latency: atOnce },
    arrivals: constantArrivals(100),
    seed: 1,
    timeoutMs: 1e9,
    ...options,
  });
}

function uniform(minMs: number, maxMs: number) {
  return { latency: atOnce, timing: [{ running: { kind: 'uniform', minMs, maxMs } as const }] };
}

test.each([100, 1000, 7000])('with a fixed interval of %d ms the mean delay is half of it', async (intervalMs) => {
  // Uniform over whole intervals, so that readiness is uniform within one.
  const report = await run({
    policy: fixed(intervalMs),
    server: uniform(2 * intervalMs, 6 * intervalMs),
    tasks: 40_000,
  });
  expect(report.tasks).toMatchObject({ started: 40_000, succeeded: 40_000 });
  expect(Math.abs((report.timeToDetectMs?.mean ?? 0) / (intervalMs / 2) - 1)).toBeLessThan(0.01);
  expect(report.timeToDetectMs?.max).toBeLessThanOrEqual(intervalMs);
  // On average four whole intervals, and the poll that finds the task ready comes half of one later.
  expect(Math.abs(report.polls.perTask.mean / 4.5 - 1)).toBeLessThan(0.01);
  expect(report.polls.total - report.polls.wasted).toBe(40_000);
  expect(report.metrics?.wasteRatio).toBeCloseTo(1 - 40_000 / report.polls.total, 9);
});

test.each([1.3, 1.5, 2, 3])('with waits that grow by %d the worst delay is (g-1)/g of the time', async (factor) => {
  // Ready just after the twelfth poll: the thirteenth comes a whole wait later.
  const first = 100;
  const twelfth = (first * (factor ** 12 - 1)) / (factor - 1);
  const report = await run({
    policy: exponential(first, factor, 1e12),
    server: { latency: atOnce, timing: [{ running: { kind: 'fixed', ms: twelfth + 0.001 } }] },
    tasks: 10,
  });
  const worst = report.timeToDetectMs?.max ?? 0;
  const share = worst / (twelfth + worst);
  expect(report.polls.perTask.mean).toBe(13);
  expect(share).toBeCloseTo((factor ** 12 * (factor - 1)) / (factor ** 13 - 1), 4);
  // Twelve polls are enough to be near the limit, unless the waits hardly grow.
  expect(Math.abs(share / ((factor - 1) / factor) - 1)).toBeLessThan(factor < 1.5 ? 0.04 : 0.01);
});

test('a limit that polls share starves submits from rate x (1 + polls per task) on', async () => {
  // Tasks of 9.5 s polled each second: ten polls and one submit out of one bucket of 110 a second, enough for 10 tasks.
  const shared = (rate: number) =>
    run({
      policy: fixed(1000),
      server: {
        latency: atOnce,
        timing: [{ running: { kind: 'fixed', ms: 9500 } }],
        limits: { submit: { perSecond: 110, burst: 20 }, shared: true },
      },
      arrivals: constantArrivals(rate),
      durationMs: 600_000,
    });
  const below = await shared(9.7);
  expect(below.tasks.abandoned).toBe(0);
  expect(below.metrics?.throttledShare).toBe(0);
  expect(Math.abs((below.metrics?.pollingShareOfLimit ?? 0) / (10 / 11) - 1)).toBeLessThan(0.01);
  const above = await shared(10.5);
  expect(above.errors['submit 429']).toBeGreaterThan(0);
  expect(above.metrics?.throttledShare).toBeGreaterThan(0.01);
});

test('workers that all are busy make a queue whose last task waits for all before it', async () => {
  const report = await run({
    policy: fixed(100),
    server: { latency: atOnce, timing: [{ running: { kind: 'fixed', ms: 10_000 } }], workers: 4 },
    arrivals: burstArrivals(40),
  });
  expect(report.tasks.succeeded).toBe(40);
  expect(report.durationMs).toBe(100_000);
  expect(report.series?.inFlight[0]).toBe(40);
});

test('everyone who comes back after an outage at one moment is a herd; constant latency is measured as it is', async () => {
  const latency = { kind: 'fixed', ms: 40 } as const;
  const calm = await run({ policy: fixed(1000), server: { latency }, arrivals: constantArrivals(10), tasks: 2000 });
  const herd = await run({
    policy: fixed(1000),
    server: { latency },
    arrivals: burstArrivals(200, 20_000),
    tasks: 2000,
  });
  expect(calm.metrics?.herdIndex).toBeLessThan(3);
  expect(herd.metrics?.herdIndex).toBeGreaterThan(8);
  expect(calm.latencyMs.poll).toMatchObject({ mean: 40, p50: 40, p99: 40, max: 40 });
  expect(calm.percentiles?.poll.every(({ ms }) => ms === 40)).toBe(true);
});
