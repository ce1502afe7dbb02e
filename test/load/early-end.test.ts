/** Runs that end before their plan is through keep what there is, and say why. */
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { fixed } from '../../src/core/polling.js';
import { type LoadEvent, type RunLoadOptions, runLoad } from '../../src/load/run-load.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, type FakeVendorOptions, KEY } from '../client/fake-vendor.js';

const contract = await contractOf('gptimage15');
const refused = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));

function load(options: Partial<RunLoadOptions>, vendorOptions: Omit<FakeVendorOptions, 'clock'> = {}) {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock, ...vendorOptions });
  const target = { contract, apiKey: KEY, baseUrl: BASE, seed: 1, clock, transport: vendor.loadTransport };
  const run = () => clock.run(() => runLoad({ ...target, rate: 10, policy: fixed(1000), ...options }));
  return { clock, vendor, run };
}

function ended({ tasks }: Awaited<ReturnType<typeof runLoad>>) {
  return tasks.succeeded + tasks.failed + tasks.cancelled + tasks.abandoned + tasks.live;
}

test('a threshold that is missed ends the run, with what there is', async () => {
  const failing = { fails: (task: number) => task > 100 };
  const { run } = load({ durationMs: 600_000, thresholds: ['failed<10%'], abortAfterMs: 0 }, failing);
  const report = await run();
  expect(report.partial).toBe('the threshold failed<10% was missed');
  expect(report.thresholds).toMatchObject([{ ok: false }]);
  expect(report.tasks.failed).toBeGreaterThan(0);
  expect(report.durationMs).toBeGreaterThan(20_000);
  expect(report.durationMs).toBeLessThan(40_000);
  expect(ended(report)).toBe(report.tasks.started);
});

test('thresholds wait for the asked delay, for a first observation, and for counts that may still grow', async () => {
  const late = await load({ durationMs: 60_000, thresholds: ['polls.total<1'], abortAfterMs: 30_000 }).run();
  expect(late.partial).toBe('the threshold polls.total<1 was missed');
  expect(Math.abs((late.durationMs ?? 0) - 30_500)).toBeLessThan(1000);

  const thresholds = ['detect.p99<2s', 'succeeded>=99%', 'started>=500'];
  const whole = await load({ tasks: 500, thresholds, abortAfterMs: 0 }).run();
  expect(whole.partial).toBeUndefined();
  expect(whole.thresholds.every(({ ok }) => ok)).toBe(true);

  const judgedAtTheEnd = await load({ tasks: 50, thresholds: ['polls.total<1'] }).run();
  expect(judgedAtTheEnd.partial).toBeUndefined();
  expect(judgedAtTheEnd.tasks.succeeded).toBe(50);
});

test('a target that dies in the middle ends the run soon, with the tasks until then', async () => {
  const { run, clock, vendor } = load(
    { tasks: 10_000, giveUpAfterMs: 5000 },
    {
      onSubmit: () => (clock.now() < diesAt ? undefined : refused()),
      onPoll: () => (clock.now() < diesAt ? undefined : refused()),
    },
  );
  const diesAt = clock.now() + 30_000;
  const report = await run();
  expect(report.partial).toMatch(
    /^the target stopped answering: \d+ requests in 5\.\d s, the last with .* ECONNREFUSED$/,
  );
  expect(Math.abs((report.durationMs ?? 0) - 35_000)).toBeLessThan(1000);
  expect(report.tasks.succeeded).toBeGreaterThan(100);
  expect(report.tasks.live).toBeGreaterThan(0);
  expect(ended(report)).toBe(report.tasks.started);
  expect(vendor.counts.submits).toBe(report.tasks.started);
});

test('an outage that is shorter than the patience is gone through', async () => {
  const { run, clock } = load(
    { tasks: 600, giveUpAfterMs: 10_000 },
    { onPoll: () => (Math.abs(clock.now() - middle) > 4000 ? undefined : refused()) },
  );
  const middle = clock.now() + 30_000;
  const report = await run();
  expect(report.partial).toBeUndefined();
  expect(report.errors['poll ECONNREFUSED']).toBeGreaterThan(100);
  expect(report.tasks.succeeded).toBe(600);
});

test('an interrupted run is marked', async () => {
  const controller = new AbortController();
  const onEvent = (event: LoadEvent) => {
    if (event.type === 'ended') controller.abort();
  };
  const report = await load({ tasks: 1000, signal: controller.signal, onEvent }).run();
  expect(report.partial).toBe('it was interrupted');
  expect(report.tasks.succeeded).toBeGreaterThan(0);
});

test('a warm-up is in none of the figures', async () => {
  const slowAtFirst = (count: number) => (count <= 20 ? 9000 : 1000);
  const { run, vendor } = load({ tasks: 100, warmUpMs: 2000 }, { durationMs: slowAtFirst });
  const report = await run();
  expect(vendor.counts.submits).toBe(100);
  expect(report.warmUp).toEqual({ durationMs: 2000, tasks: 20 });
  expect(report.tasks).toMatchObject({ started: 80, succeeded: 80 });
  expect(report.latencyMs.submit.count).toBe(80);
  expect(report.polls.perTask.mean).toBe(1);
});

test('requests that should have left before the end and had not are late', async () => {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock });
  // Everything stands still from the first submit until the run is over.
  const transport: typeof vendor.loadTransport = (request) => {
    if (vendor.counts.submits === 0) clock.advance(5000);
    return vendor.loadTransport(request);
  };
  const target = { contract, apiKey: KEY, baseUrl: BASE, seed: 1, clock, transport, policy: fixed(1000) };
  const { tasks, generator } = await clock.run(() => runLoad({ ...target, rate: 10, durationMs: 2000, maxTasks: 15 }));
  expect(tasks.started).toBe(1);
  expect(generator).toMatchObject({ lateStarts: 14, valid: false });
  expect(generator.reasons?.[0]).toMatch(/of the requests started late/);
});

test('progress tells where the run stands', async () => {
  const events: LoadEvent[] = [];
  await load({ tasks: 100, onEvent: (event) => events.push(event) }, { durationMs: () => 4500 }).run();
  expect(events[0]).toMatchObject({
    type: 'planned',
    ceiling: { tasks: 100, cost: { amount: 1000, unit: 'credits' } },
  });
  const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
  expect(progress.length).toBeGreaterThan(10);
  // Ten a second for five seconds each: about fifty at once, each with a poll a second, and ten submits.
  expect(progress[7]?.live).toMatchObject({ throttled: 0, p99Ms: 0 });
  expect(Math.abs((progress[7]?.live.inFlight ?? 0) - 50)).toBeLessThan(2);
  expect(Math.abs((progress[7]?.live.requestsPerSecond ?? 0) - 60)).toBeLessThan(3);
});

test.each<[string, Partial<RunLoadOptions>, RegExp]>([
  ['no time', { durationMs: 0 }, /duration of a load must be positive/],
  ['no patience', { tasks: 1, timeoutMs: 0 }, /time allowed for a task must be positive/],
  ['an endless rate', { tasks: 1, rate: Number.POSITIVE_INFINITY }, /rate must be a positive number/],
  ['a negative rate', { tasks: 1, rate: -3 }, /rate must be a positive number/],
  ['a warm-up as long as the run', { durationMs: 1000, warmUpMs: 1000 }, /warm-up must be shorter than the run/],
  ['a negative delay', { tasks: 1, abortAfterMs: -1 }, /must not be negative/],
  [
    'another machine without a ceiling',
    { baseUrl: 'https://api.vendor.test', allowRemote: true, tasks: undefined, durationMs: 1000 } as never,
    /api\.vendor\.test .* needs a ceiling: give a number of tasks \(--max-tasks\)$/,
  ],
  [
    'another machine without an end',
    { baseUrl: 'https://api.vendor.test', allowRemote: true, tasks: 1 },
    /needs a ceiling: give a time \(--duration\)/,
  ],
])('%s is refused before anything is sent', async (_, options, message) => {
  const { run, vendor } = load(options);
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toMatch(message);
  expect(vendor.counts.submits).toBe(0);
});
