/** The percentiles of a load are those of the target: short forms of `npm run bench:load-correctness`. */
import { expect, test } from 'vitest';
import { fixed } from '../../src/core/polling.js';
import { runLoad } from '../../src/load/run-load.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, KEY } from '../client/fake-vendor.js';

const contract = await contractOf('gptimage15');

/** Loads a vendor of endless tasks whose every answer waits first. */
async function loadBehind(waitMs: (nowMs: number) => number, rate: number, tasks: number, pollEveryMs: number) {
  const clock = createVirtualClock();
  const startedAt = clock.now();
  const vendor = createFakeVendor({ clock, durationMs: () => 1e9 });
  const transport: typeof vendor.loadTransport = async (request) => {
    await clock.sleep(waitMs(clock.now() - startedAt));
    return vendor.loadTransport(request);
  };
  const target = { contract, apiKey: KEY, baseUrl: BASE, seed: 1, clock, transport };
  return clock.run(() => runLoad({ ...target, rate, maxTasks: tasks, durationMs: 60_000, policy: fixed(pollEveryMs) }));
}

test('behind a constant latency every percentile is that latency within 2 %', async () => {
  const { latencyMs } = await loadBehind(() => 120, 1, 40, 997);
  for (const summary of [latencyMs.submit, latencyMs.poll])
    for (const name of ['mean', 'p50', 'p90', 'p99', 'p999', 'max'] as const)
      expect(Math.abs(summary[name] / 120 - 1)).toBeLessThan(0.02);
});

test('behind a stall of 1 s in every 5 s, p90 and p99 are 500 and 950 ms within 5 %', async () => {
  const untilStallIsOver = (nowMs: number) => Math.max(0, 1000 - (nowMs % 5000));
  const { latencyMs } = await loadBehind(untilStallIsOver, 50, 3000, 3_600_000);
  expect(latencyMs.submit.count).toBe(3000);
  expect(Math.abs(latencyMs.submit.p90 / 500 - 1)).toBeLessThan(0.05);
  expect(Math.abs(latencyMs.submit.p99 / 950 - 1)).toBeLessThan(0.05);
});
