import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProofsheetError } from '../../../src/core/errors.js';
import { exitCodes } from '../../../src/core/exit-codes.js';
import { burstArrivals } from '../../../src/load/arrivals/burst.js';
import { poissonArrivals } from '../../../src/load/arrivals/poisson.js';
import type { LoadSample } from '../../../src/load/load-sample.js';
import { assertInvariants, brokenInvariants } from '../../../src/load/metrics/invariants.js';
import { createQuickChance } from '../../../src/load/quick-chance.js';
import { runVirtual } from '../../../src/load/virtual/run-virtual.js';
import { createServer } from '../../../src/load/virtual/server.js';
import type { ServerModel } from '../../../src/load/virtual/server-model.js';
import { simulate } from '../../../src/load/virtual/simulate.js';
import { createRng } from '../../../src/platform/random.js';
import { contractOf } from '../../client/fake-vendor.js';
import { anyPolicy } from '../../core/polling/policy-bounds.js';

const vendors = ['evolink', 'gptimage15', 'apigo'];
const contracts = await Promise.all(vendors.map(contractOf));
const ms = (max: number) => fc.integer({ min: 0, max });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const distribution = (max: number) =>
  fc.oneof(
    ms(max).map((one) => ({ kind: 'fixed' as const, ms: one })),
    fc
      .tuple(ms(max), ms(max))
      .map(([a, b]) => ({ kind: 'uniform' as const, minMs: Math.min(a, b), maxMs: Math.max(a, b) })),
    ms(max).map((p50) => ({ kind: 'lognormal' as const, p50Ms: p50 + 1, p99Ms: 4 * p50 + 2 })),
  );
const bucket = fc.record({
  perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
  burst: fc.integer({ min: 1, max: 20 }),
});
const anyServer = fc.record(
  {
    latency: distribution(5000),
    timing: fc.record({ queued: distribution(5000), running: distribution(30_000) }).map((rule) => [rule]),
    failed: share,
    slow: fc.record({ share, factor: fc.integer({ min: 1, max: 20 }) }),
    workers: fc.integer({ min: 1, max: 20 }),
    service: fc.record({ slots: fc.integer({ min: 1, max: 5 }), time: distribution(50) }),
    limits: fc.record(
      { submit: bucket, poll: bucket, shared: fc.boolean(), concurrency: fc.integer({ min: 1, max: 20 }) },
      { requiredKeys: [] },
    ),
    outages: fc.tuple(ms(60_000), ms(60_000)).map(([from, long]) => [{ fromMs: from, untilMs: from + long }]),
    callbacks: fc.record({ lost: share, delay: distribution(20_000) }),
  },
  { requiredKeys: ['latency'] },
) as fc.Arbitrary<ServerModel>;

test('whatever the server does, tasks and money add up and nothing is seen too early', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...vendors),
      anyServer,
      anyPolicy({ min: 50, max: 20_000 }),
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 200_000 }), { nil: undefined }),
      fc.integer({ min: 500, max: 100_000 }),
      share,
      fc.integer(),
      async (vendor, server, { policy }, callback, durationMs, timeoutMs, askAgain, seed) => {
        const contract = contracts[vendors.indexOf(vendor)];
        if (contract === undefined) throw new Error(vendor);
        const usable = callback && contract.submit?.task.request.callback !== undefined;
        // The run itself throws where an invariant is broken.
        const { tasks, metrics, series, latencyMs, polls } = await runVirtual({
          contract,
          server,
          policy: { ...policy, callback: usable },
          arrivals: seed % 2 === 0 ? poissonArrivals(5) : burstArrivals(60),
          tasks: 80,
          timeoutMs,
          askAgain,
          seed,
          ...(durationMs === undefined ? {} : { durationMs }),
        });
        expect(tasks.started).toBeLessThanOrEqual(80);
        const sum = (list: readonly number[] = []) => list.reduce((total, one) => total + one, 0);
        expect(sum(series?.started)).toBe(tasks.started);
        expect(sum(series?.ended)).toBe(tasks.started - tasks.live);
        expect(sum(series?.polls)).toBe(polls.total);
        expect(latencyMs.poll.count).toBe(polls.total);
        expect(metrics?.wasteRatio).toBeLessThanOrEqual(1);
        expect(metrics?.detectionInflation?.mean ?? 1).toBeGreaterThanOrEqual(1);
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});

test('a broken promise ends the run with the exit code of our own faults, and says what broke', () => {
  const tasks = { started: 5, succeeded: 2, failed: 1, cancelled: 0, abandoned: 0, live: 1 };
  const callbacks = { due: 4, delivered: 2, lost: 1 };
  const broken = { charged: 3, paid: 2, callbacks, complete: true };
  const report = { tasks, errors: { 'detected before it was ready': 2 } };
  expect(brokenInvariants(report, broken)).toEqual([
    '5 tasks went in, 3 ended and 1 are live',
    '1 tasks are live although nothing is left to happen',
    'the server charged 3 tasks, their users paid 2',
    '2 tasks were detected before they were ready',
    '4 calls were due, 2 delivered and 1 lost',
  ]);
  expect(() => assertInvariants(report, broken)).toThrow(ProofsheetError);
  try {
    assertInvariants(report, broken);
  } catch (error) {
    expect((error as ProofsheetError).exitCode).toBe(exitCodes.internal);
  }
  const sound = { tasks: { ...tasks, live: 2 }, errors: {} };
  expect(brokenInvariants(sound, { ...broken, charged: 2, complete: false })).toEqual([]);
});

test('a policy changes when tasks are seen, never how long they take', () => {
  const readyOf = (intervalMs: number) => {
    const ready = new Map<number, number>();
    const simulation = simulate({
      server: createServer(
        { latency: { kind: 'fixed', ms: 10 }, failed: 0.2, slow: { share: 0.1, factor: 5 } },
        {
          waits: true,
          announces: { submit: false, poll: false },
          timing: {
            queued: { kind: 'uniform', minMs: 0, maxMs: 500 },
            running: { kind: 'lognormal', p50Ms: 4000, p99Ms: 9000 },
            coldStart: undefined,
          },
        },
      ),
      policy: { name: 'mine', delayMs: () => intervalMs },
      synchronous: false,
      adviceMs: undefined,
      seed: 5,
      arrivals: poissonArrivals(20).offsets(createRng('a')),
      maxTasks: 500,
      endAt: Number.POSITIVE_INFINITY,
      timeoutMs: 1e9,
      askAgain: 0,
      onSample: (sample: LoadSample) => {
        if (sample.type === 'ended') ready.set(sample.task, sample.readyAt ?? -1);
      },
    });
    while (simulation.step(1000));
    simulation.finish();
    return new Map([...ready].sort(([one], [other]) => one - other));
  };
  expect(readyOf(300)).toEqual(readyOf(7000));
  expect(readyOf(300).size).toBe(500);
});

test('a call that arrives spares the polls; a lost one costs the wait of the net beneath', async () => {
  const [contract] = contracts;
  if (contract === undefined) throw new Error('no contract');
  const run = (lost: number) =>
    runVirtual({
      contract,
      server: { latency: { kind: 'fixed', ms: 5 }, callbacks: { lost, delay: { kind: 'fixed', ms: 80 } } },
      policy: { name: 'net', callback: true, delayMs: () => 60_000 },
      arrivals: poissonArrivals(50),
      tasks: 2000,
      seed: 3,
    });
  const none = await run(0);
  expect(none.polls.total).toBe(0);
  expect(none.timeToDetectMs).toMatchObject({ count: 2000, p50: 80, max: 80 });
  const some = await run(0.1);
  expect(some.polls.total).toBeGreaterThan(150);
  expect(some.polls.total).toBeLessThan(250);
  expect(some.timeToDetectMs?.p50).toBeCloseTo(80, 0);
  expect(some.timeToDetectMs?.p99).toBeGreaterThan(40_000);
  expect((await run(1)).polls.total).toBe(2000);
});

test('users who ask again pay twice for what was going to succeed', async () => {
  const [contract] = contracts;
  if (contract === undefined) throw new Error('no contract');
  const run = (askAgain: number) =>
    runVirtual({
      contract,
      server: { latency: { kind: 'fixed', ms: 5 }, slow: { share: 0.2, factor: 10 } },
      policy: { name: 'mine', delayMs: () => 1000 },
      arrivals: burstArrivals(1000),
      timeoutMs: 40_000,
      askAgain,
      seed: 3,
    });
  const patient = await run(0);
  const hasty = await run(1);
  expect(patient.metrics?.duplicates).toBe(0);
  expect(patient.metrics?.abandonedThatSucceeded).toBeCloseTo(0.2, 1);
  expect(hasty.metrics?.duplicates).toBe(patient.tasks.abandoned);
  expect(hasty.tasks.started).toBe(1000 + patient.tasks.abandoned);
  // 2.5 credits a picture: what nobody saw is paid by what was seen.
  const price = (2.5 * patient.tasks.started) / patient.tasks.succeeded;
  expect(patient.metrics?.costPerCompletedTask).toBeCloseTo(price, 9);
});

test('all that arrives at one moment finds a cold vendor, what comes next a warm one', () => {
  const server = createServer(
    { latency: { kind: 'fixed', ms: 1 } },
    {
      waits: false,
      announces: { submit: false, poll: false },
      timing: {
        queued: { kind: 'fixed', ms: 0 },
        running: { kind: 'fixed', ms: 1000 },
        coldStart: { afterMs: 60_000, delay: { kind: 'fixed', ms: 5000 } },
      },
    },
  );
  const endOf = (at: number) => {
    server.submit(at, createQuickChance(1));
    return server.planned.endedAt - at;
  };
  expect([0, 0, 0, 1, 60_000, 66_001, 66_001].map(endOf)).toEqual([6000, 6000, 6000, 1000, 1000, 1000, 1000]);
  expect([126_000, 200_000, 200_000, 200_001].map(endOf)).toEqual([1000, 6000, 6000, 1000]);
});
