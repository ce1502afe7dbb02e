/** How late a load sees that tasks are done. */
import { expect, test } from 'vitest';
import { exponential, fixed } from '../../src/core/polling.js';
import { runLoad } from '../../src/load/run-load.js';
import { createRng } from '../../src/platform/random.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, createFakeVendor, KEY } from '../client/fake-vendor.js';
import { contract, load } from './fake-load.js';

test('with a fixed interval d a task is detected d/2 late on average and polled duration/d times', async () => {
  const rng = createRng('durations');
  // Uniform over a whole number of intervals, so that readiness is uniform within one.
  const durations = Array.from({ length: 2000 }, () => 20_000 + 10_000 * rng.next());
  const { run } = load(
    { rate: 50, tasks: 2000, policy: fixed(1000) },
    { durationMs: (task) => durations[task - 1] ?? 0 },
  );
  const report = await run();

  const meanDuration = durations.reduce((total, duration) => total + duration, 0) / durations.length;
  expect(report.tasks).toMatchObject({ started: 2000, succeeded: 2000 });
  expect(report.timeToDetectMs?.count).toBe(2000);
  expect(Math.abs((report.timeToDetectMs?.mean ?? 0) - 500)).toBeLessThan(20);
  expect(report.timeToDetectMs?.max).toBeLessThanOrEqual(1000);
  // The poll that finds the task ready comes half an interval after the last that does not.
  expect(Math.abs(report.polls.perTask.mean - (meanDuration / 1000 + 0.5))).toBeLessThan(0.05);
  expect(report.polls.total - report.polls.wasted).toBe(2000);
  expect(report.errors).toEqual({});
  expect(report.generator).toEqual({ lateStarts: 0, eventLoopDelayP99Ms: 0, cpuShare: 0, valid: true });
});

test('with growing waits the worst detection is the cap', async () => {
  const rng = createRng('more durations');
  const durations = Array.from({ length: 500 }, () => 60_000 * rng.next());
  const options = { rate: 5, tasks: 500, policy: exponential(100, 1.5, 4000), arrivals: 'poisson' as const };
  const report = await load(options, { durationMs: (task) => durations[task - 1] ?? 0 }).run();
  expect(report.timeToDetectMs?.max).toBeGreaterThan(3000);
  expect(report.timeToDetectMs?.max).toBeLessThanOrEqual(4000);
});

test('where the target does not tell when a task was ready, detection is unknown', async () => {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock });
  const transport: typeof vendor.loadTransport = async (request) => ({
    ...(await vendor.loadTransport(request)),
    headers: {},
  });
  const report = await clock.run(() =>
    runLoad({
      contract,
      apiKey: KEY,
      baseUrl: BASE,
      seed: 1,
      clock,
      transport,
      rate: 1,
      tasks: 2,
      thresholds: ['detect.p99<1s', 'succeeded>=1'],
    }),
  );
  expect(report.timeToDetectMs).toBeNull();
  expect(report.thresholds).toEqual([
    { expression: 'detect.p99<1s', observed: null, ok: false },
    { expression: 'succeeded>=1', observed: 1, ok: true },
  ]);
});
