import { expect, test } from 'vitest';
import { fixed } from '../../src/core/polling.js';
import { type LoadEvent, runLoad } from '../../src/load/run-load.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, KEY } from '../client/fake-vendor.js';
import { contract, load, sum } from './fake-load.js';

test('two runs with one seed are equal to the last figure', async () => {
  const options = { rate: 20, tasks: 100, policy: fixed(500), arrivals: 'poisson' as const, seed: 42 };
  expect(await load(options).run()).toEqual(await load(options).run());
});

test('every task that was started is accounted for once, with failures mixed in', async () => {
  const busy = { status: 429, headers: { 'retry-after': '3' }, body: 'busy' };
  const { run, vendor } = load(
    { rate: 20, durationMs: 60_000, policy: fixed(700), timeoutMs: 30_000 },
    {
      durationMs: (task) => (task % 10 === 0 ? 1e9 : 5000 + 20 * (task % 1000)),
      fails: (task) => task % 5 === 0,
      onSubmit: (count) =>
        count % 7 === 0
          ? busy
          : count % 11 === 0
            ? Promise.reject(Object.assign(new Error(), { code: 'ECONNRESET' }))
            : undefined,
      onPoll: (count, task) =>
        count % 13 === 0
          ? { status: 500, body: '' }
          : count % 17 === 0
            ? busy
            : task % 97 === 0
              ? { status: 200, body: { data: { status: 'ODD' } } }
              : task % 101 === 0
                ? { status: 404, body: {} }
                : undefined,
    },
  );
  const { tasks, errors, polls } = await run();
  expect(tasks.started).toBe(1200);
  expect(vendor.counts.submits).toBe(1200);
  expect(sum(tasks)).toBe(tasks.started);
  for (const outcome of ['succeeded', 'failed', 'abandoned', 'live'] as const)
    expect(tasks[outcome]).toBeGreaterThan(0);
  expect(errors).toMatchObject({ 'submit 429': 171, 'submit ECONNRESET': 94 });
  expect(errors['poll 500']).toBeGreaterThan(0);
  expect(errors['poll 429']).toBeGreaterThan(0);
  expect(errors['poll unknown status word']).toBeGreaterThan(0);
  expect(errors['poll 404'] ?? 0).toBeGreaterThan(2);
  expect(polls.total).toBeLessThanOrEqual(vendor.counts.polls);
});

test('a task is polled by one request at a time, from its last answer on', async () => {
  let open = 0;
  let most = 0;
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock, durationMs: () => 10_000 });
  const transport: typeof vendor.loadTransport = async (request) => {
    open += 1;
    most = Math.max(most, open);
    await clock.sleep(300);
    open -= 1;
    return vendor.loadTransport(request);
  };
  const report = await clock.run(() =>
    runLoad({ contract, apiKey: KEY, baseUrl: BASE, seed: 1, clock, transport, rate: 1, tasks: 1, policy: fixed(100) }),
  );
  expect(most).toBe(1);
  expect(report.latencyMs.poll).toMatchObject({ count: 25, mean: 300 });
  expect(report.latencyMs.submit).toMatchObject({ count: 1, mean: 300, max: 300 });
});

test('latency counts from the plan, and a start more than 10 ms behind it is late', async () => {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock, durationMs: () => 1 });
  // Everything stands still for two seconds while the first submit is looked at, as in a stuck process.
  const transport: typeof vendor.loadTransport = (request) => {
    if (vendor.counts.submits === 0) clock.advance(2000);
    return vendor.loadTransport(request);
  };
  const report = await clock.run(() =>
    runLoad({
      contract,
      apiKey: KEY,
      baseUrl: BASE,
      seed: 1,
      clock,
      transport,
      rate: 10,
      tasks: 20,
      policy: fixed(50),
    }),
  );
  expect(report.latencyMs.submit.max).toBeGreaterThanOrEqual(1900);
  expect(report.latencyMs.submit.mean).toBeGreaterThan(900);
  expect(report.generator).toMatchObject({ valid: false });
  expect(report.generator.lateStarts).toBeGreaterThanOrEqual(19);
});

test('a duration ends the run with the rest live; an abort does so at once', async () => {
  const timed = load({ rate: 10, durationMs: 5000, policy: fixed(1000) });
  const report = await timed.run();
  expect(report.tasks).toEqual({ started: 50, succeeded: 0, failed: 0, cancelled: 0, abandoned: 0, live: 50 });

  const controller = new AbortController();
  const onEvent = (event: LoadEvent) => {
    if (event.type === 'started' && event.task === 7) controller.abort();
  };
  const aborted = load({ rate: 10, tasks: 1000, policy: fixed(1000), signal: controller.signal, onEvent });
  const partial = await aborted.run();
  expect(partial.tasks.started).toBe(7);
  expect(sum(partial.tasks)).toBe(7);
});

test('a request that is never answered costs its task, not the run', async () => {
  // The vendor never hears of the second submit, so its second task is the run's third.
  const forever = () => new Promise<never>(() => undefined);
  const stuck = load(
    { rate: 1, tasks: 3, policy: fixed(1000), timeoutMs: 30_000 },
    {
      onSubmit: (count) => (count === 2 ? forever() : undefined),
      onPoll: (_, task) => (task === 2 ? forever() : undefined),
    },
  );
  const report = await stuck.run();
  expect(report.tasks).toMatchObject({ started: 3, succeeded: 1, abandoned: 2, live: 0 });
});

test('maxTasks caps a run by duration', async () => {
  const report = await load({ rate: 1000, durationMs: 60_000, maxTasks: 3, policy: fixed(1000) }).run();
  expect(report.tasks).toMatchObject({ started: 3, succeeded: 3 });
});

test('progress is told once a second', async () => {
  const progress: LoadEvent[] = [];
  const onEvent = (event: LoadEvent) => void (event.type === 'progress' && progress.push(event));
  await load({ rate: 20, durationMs: 5000, policy: fixed(100), onEvent }).run();
  expect(progress.length).toBeGreaterThanOrEqual(4);
  expect(progress.length).toBeLessThanOrEqual(5);
});

test('for a synchronous vendor the submit is the whole task', async () => {
  const clock = createVirtualClock();
  let count = 0;
  const transport = async () => {
    count += 1;
    await clock.sleep(8000);
    const body = JSON.stringify({ created: 1, data: [{ url: 'https://x.test/1.png' }] });
    return count % 4 === 0 ? { status: 500, headers: {}, body: '' } : { status: 200, headers: {}, body };
  };
  const report = await clock.run(async () =>
    runLoad({
      contract: await contractOf('apigo'),
      apiKey: KEY,
      baseUrl: BASE,
      seed: 1,
      clock,
      transport,
      rate: 2,
      tasks: 8,
    }),
  );
  expect(report.tasks).toMatchObject({ started: 8, live: 0, abandoned: 0 });
  expect(report.tasks.succeeded + report.tasks.failed).toBe(8);
  expect(report.tasks.failed).toBeGreaterThan(0);
  expect(report.polls.total).toBe(0);
  expect(report.latencyMs.submit).toMatchObject({ count: 8, mean: 8000 });
});
