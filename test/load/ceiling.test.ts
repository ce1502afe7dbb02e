/** What a load may do at most, and that it does no more. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { fixed } from '../../src/core/polling.js';
import { burstArrivals } from '../../src/load/arrivals/burst.js';
import { constantArrivals } from '../../src/load/arrivals/constant.js';
import { rampArrivals } from '../../src/load/arrivals/ramp.js';
import { traceArrivals } from '../../src/load/arrivals/trace.js';
import type { Arrivals } from '../../src/load/arrivals.js';
import type { LoadEvent } from '../../src/load/run-load.js';
import { load, sum } from './fake-load.js';

const refused = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));

const anyArrivals = fc.oneof(
  fc.constantFrom('constant' as const, 'poisson' as const),
  fc
    .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 20_000 }))
    .map(([from, to, overMs]) => rampArrivals(from, to, overMs)),
  fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5000 }))
    .map(([tasks, everyMs]) => burstArrivals(tasks, everyMs)),
);

test('never more tasks are submitted than allowed, and exactly as many where there is time', async () => {
  const property = fc.asyncProperty(
    fc.record({
      maxTasks: fc.integer({ min: 1, max: 40 }),
      rate: fc.integer({ min: 1, max: 5000 }),
      arrivals: anyArrivals,
      seed: fc.integer(),
      broken: fc.integer({ min: 2, max: 9 }),
    }),
    async ({ maxTasks, rate, arrivals, seed, broken }) => {
      const answers = [refused, () => ({ status: 429, body: '' }), () => ({ status: 200, body: '{' })];
      const times = { durationMs: 600_000, timeoutMs: 60_000, giveUpAfterMs: 600_000 };
      const { run, vendor } = load(
        { maxTasks, rate, arrivals, seed, policy: fixed(1000), ...times },
        { onSubmit: (count) => (count % broken === 0 ? answers[count % answers.length]?.() : undefined) },
      );
      const { tasks } = await run();
      expect(vendor.counts.submits).toBe(maxTasks);
      expect(tasks.started).toBe(maxTasks);
      expect(sum(tasks)).toBe(maxTasks);
    },
  );
  await fc.assert(property, { numRuns: 60, seed: 5 });
});

test('a target that fails, hangs or dies in the middle gets no task in exchange', async () => {
  const forever = () => new Promise<never>(() => undefined);
  const { run, vendor } = load(
    {
      maxTasks: 12,
      rate: 50,
      arrivals: burstArrivals(5, 100),
      durationMs: 60_000,
      timeoutMs: 5000,
      giveUpAfterMs: 1000,
    },
    {
      durationMs: () => 1000,
      onSubmit: (count) => (count < 6 ? undefined : count < 9 ? forever() : refused()),
    },
  );
  const { tasks } = await run();
  expect(vendor.counts.submits).toBe(12);
  expect(tasks).toMatchObject({ started: 12, succeeded: 5, abandoned: 7 });
});

const elsewhere = { baseUrl: 'https://api.vendor.test', allowRemote: true, durationMs: 60_000, maxTasks: 30 };

test.each<[string, Arrivals, number, string]>([
  ['ramp', rampArrivals(1, 20, 5000), 10, 'start 1[0-9] tasks in one second, more than the rate of 10'],
  ['burst', burstArrivals(25, 5000), 24, 'burst:25,5000ms start 25 tasks in one second, more than the rate of 24'],
  ['trace', traceArrivals('0\n10\n20\n999\n1000', 't.txt'), 3, 'trace:t.txt start 4 tasks in one second'],
])('arrivals of a %s keep to the rate that is given beside them', async (_, arrivals, mostPerSecond, message) => {
  const hasty = load({ rate: 1, arrivals, mostPerSecond, ...elsewhere });
  await expect(hasty.run()).rejects.toThrow(UsageError);
  await expect(hasty.run()).rejects.toThrow(new RegExp(message));
  expect(hasty.vendor.counts.submits).toBe(0);
  const gentle = load({ rate: 1, arrivals, mostPerSecond: 25, ...elsewhere });
  expect((await gentle.run()).tasks.started).toBeGreaterThan(4);
});

test('elsewhere such arrivals need a rate beside them, and it is told first', async () => {
  const burst = { rate: 1, arrivals: burstArrivals(10), ...elsewhere };
  await expect(load(burst).run()).rejects.toThrow(/needs a ceiling: give a rate \(--rate\)$/);
  const events: LoadEvent[] = [];
  await load({ ...burst, mostPerSecond: 20, onEvent: (event) => events.push(event) }).run();
  expect(events[0]).toMatchObject({ type: 'planned', ceiling: { ratePerSecond: 20, tasks: 30, durationMs: 60_000 } });
});

test('a rate of its own is the ceiling of even arrivals', async () => {
  const even = { rate: 20, arrivals: constantArrivals(20), mostPerSecond: 20, ...elsewhere };
  expect((await load(even).run()).tasks.started).toBe(30);
});
