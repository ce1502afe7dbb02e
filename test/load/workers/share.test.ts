/** Several workers do together what one would, task by task. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullJitter } from '../../../src/core/polling.js';
import { parseArrivals } from '../../../src/load/arrivals.js';
import { planLoad, wholePlan } from '../../../src/load/plan-load.js';
import { type Share, shareOf } from '../../../src/load/workers/share.js';
import { BASE, KEY } from '../../client/fake-vendor.js';
import { contract } from '../fake-load.js';

interface Planned {
  readonly offset: number;
  readonly body: string;
  readonly chance: number;
}

/** The first tasks that a worker would start, as the driver asks for them; the whole run's without a share. */
async function tasksOf(arrivals: string, seed: number, maxTasks: number, share?: Share): Promise<Planned[]> {
  const options = {
    ...{ contract, apiKey: KEY, baseUrl: BASE, seed, rate: 40, maxTasks, durationMs: 60_000 },
    ...{ policy: fullJitter(100, 2, 5000), arrivals: await parseArrivals(arrivals, 40) },
  };
  const whole = wholePlan(options, planLoad(options));
  const plan = share === undefined ? whole : shareOf(whole, share);
  const planned: Planned[] = [];
  for (let task = 1; task <= plan.maxTasks; task += 1) {
    const { value, done } = plan.arrivals.next();
    if (done) break;
    planned.push({ offset: Number(value), body: plan.body(task), chance: plan.drawWait(task, 0) });
  }
  return planned;
}

const arrivals = fc.constantFrom('constant', 'poisson', 'ramp:1,50,10s', 'ramp:20,0,4s', 'burst:30', 'burst:7,2s');

test('every task belongs to one worker, starts when it would anyway, and is the same task', async () => {
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      fc.nat(99),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 2, max: 5 }),
      async (text, seed, maxTasks, of) => {
        const whole = await tasksOf(text, seed, maxTasks);
        const shares = await Promise.all(
          Array.from({ length: of }, (_, index) => tasksOf(text, seed, maxTasks, { index, of })),
        );
        expect(shares.flat()).toHaveLength(whole.length);
        const again = whole.map((_, index) => shares[index % of]?.[Math.floor(index / of)]);
        expect(again).toEqual(whole);
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

test('without a ceiling of tasks no worker has one', () => {
  const plan = {
    arrivals: [][Symbol.iterator](),
    maxTasks: Number.POSITIVE_INFINITY,
    body: String,
    drawWait: () => 0,
  };
  expect(shareOf(plan, { index: 1, of: 2 }).maxTasks).toBe(Number.POSITIVE_INFINITY);
});
