/** A policy that waits to be called back: calls end tasks, and polls are the net beneath. */
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { fixed, webhook } from '../../src/core/polling.js';
import { mockKey } from '../../src/entry/keys.js';
import { startMock } from '../../src/entry/mock.js';
import { runLoad } from '../../src/load/run-load.js';
import type { CallbackReceiver, IncomingCall } from '../../src/platform/callback-receiver.js';
import { receiveCallbacks } from '../../src/platform/callback-receiver.js';
import { preciseClock } from '../../src/platform/precise-clock.js';
import { contractOf } from '../client/fake-vendor.js';
import { load } from './fake-load.js';

/** A receiver without a socket. */
function fakeReceiver() {
  let answer: (call: IncomingCall) => number = () => 503;
  const receiver: CallbackReceiver = {
    url: 'http://127.0.0.1:9999',
    listen: (listener) => {
      answer = listener;
    },
    close: async () => undefined,
  };
  const call = (path: string, body: unknown, readyAt?: number) =>
    answer({
      method: 'POST',
      path,
      headers: readyAt === undefined ? {} : { 'x-proofsheet-ready-at': String(readyAt) },
      body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
      truncated: false,
      at: 0,
    });
  return { receiver, call };
}

const success = (id: string) => ({
  code: 200,
  data: { task_id: id, status: 'SUCCESS', response: ['http://127.0.0.1/1.png'] },
});

/** Twenty tasks of a vendor that calls 300 ms after each is ready, and what became of each call. */
function calledBack(options: { lost?: number; body?: (id: string) => unknown } = {}) {
  const { receiver, call } = fakeReceiver();
  const answered: number[] = [];
  let submits = 0;
  const { run, clock, vendor } = load(
    { rate: 10, tasks: 20, policy: webhook(60_000), receiver, lostCalls: options.lost ?? 0 },
    {
      durationMs: () => 5000,
      onSubmit: () => {
        submits += 1;
        const id = `n36t${submits}gptimg`;
        const { callback_url: url } = JSON.parse(vendor.requests.at(-1)?.body ?? '{}') as { callback_url: string };
        const readyAt = clock.now() + 5000;
        void clock.sleep(5300).then(() => {
          answered.push(call(new URL(url).pathname, (options.body ?? success)(id), readyAt));
        });
        return undefined;
      },
    },
  );
  return { run, answered, vendor, call };
}

test('each task names an address of its own, and is over when it is called', async () => {
  const { run, answered, vendor, call } = calledBack();
  const { tasks, polls, calls, timeToDetectMs } = await run();
  expect(tasks).toMatchObject({ started: 20, succeeded: 20 });
  expect(polls.total).toBe(0);
  expect(calls).toEqual({ received: 20, lost: 0, endedTasks: 20 });
  expect(timeToDetectMs).toMatchObject({ count: 20, p50: 300, max: 300 });
  expect(answered).toEqual(Array.from({ length: 20 }, () => 200));
  const urls = vendor.requests.map(({ body }) => JSON.parse(body).callback_url as string);
  expect(new Set(urls).size).toBe(20);
  // Whoever still calls when the run is over learns that nobody listens.
  expect(call(new URL(urls[0] ?? '').pathname, success('n36t1gptimg'))).toBe(404);
});

test('lost calls are found by the polls beneath, a slow interval later', async () => {
  const { run, answered } = calledBack({ lost: 1 });
  const { tasks, polls, calls, timeToDetectMs } = await run();
  expect(tasks.succeeded).toBe(20);
  expect(calls).toEqual({ received: 0, lost: 20, endedTasks: 0 });
  // The vendor is not told, or it would try again.
  expect(answered).toEqual(Array.from({ length: 20 }, () => 200));
  expect(polls.total).toBe(20);
  expect(timeToDetectMs).toMatchObject({ p50: 55_000 });
});

test.each([
  ['that cannot be read', () => '<html>', 'call without status'],
  ['with a strange word', () => ({ data: { status: 'ODD' } }), 'call unknown status word'],
  ['about a task that still runs', () => ({ data: { status: 'IN_PROGRESS' } }), undefined],
])('calls %s end nothing', async (_, body, error) => {
  const { tasks, polls, calls, errors } = await calledBack({ body }).run();
  expect(tasks.succeeded).toBe(20);
  expect(polls.total).toBe(20);
  expect(calls).toMatchObject({ received: 20, endedTasks: 0 });
  expect(errors).toEqual(error === undefined ? {} : { [error]: 20 });
});

test('calls for other runs, and for tasks that nobody started, are no tasks of this one', async () => {
  const { receiver, call } = fakeReceiver();
  const { run, vendor } = load(
    { rate: 10, tasks: 2, policy: webhook(10_000), receiver },
    {
      durationMs: () => 4000,
      onPoll: () => {
        const url = new URL(JSON.parse(vendor.requests[0]?.body ?? '{}').callback_url);
        expect(call('/load-of-yesterday/1', success('n36t1gptimg'))).toBe(404);
        expect(call('/', 'nothing')).toBe(404);
        expect(call(url.pathname.replace(/1$/, '77'), success('n36t77gptimg'))).toBe(200);
        return undefined;
      },
    },
  );
  const { tasks, calls } = await run();
  expect(tasks).toMatchObject({ started: 2, succeeded: 2 });
  expect(calls?.endedTasks).toBe(0);
});

test.each(['apimart', 'gptimage15', 'evolink'])('%s is waited for over real sockets, as its page says', async (id) => {
  const [contract, receiver, mock] = await Promise.all([
    contractOf(id),
    receiveCallbacks({ clock: preciseClock }),
    startMock({ vendors: [id], speed: 50 }),
  ]);
  try {
    const target = { contract, baseUrl: mock.vendors[id] ?? '', apiKey: mockKey(id, 'test'), ownAccount: true };
    const policy = webhook(30_000);
    const report = await runLoad({ ...target, receiver, policy, seed: 1, rate: 100, tasks: 20, timeoutMs: 60_000 });
    expect(report.tasks).toMatchObject({ started: 20, succeeded: 20 });
    expect(report.polls.total).toBe(0);
    expect(report.calls).toEqual({ received: 20, lost: 0, endedTasks: 20 });
    expect(report.timeToDetectMs?.count).toBe(20);
    expect(report.timeToDetectMs?.p50).toBeLessThan(1000);
    expect(report.broken).toBeUndefined();
  } finally {
    await Promise.all([mock.close(), receiver.close()]);
  }
});

test('who cannot call, or has nobody to call, is told before anything is sent', async () => {
  const { receiver } = fakeReceiver();
  const nobody = load({ rate: 1, tasks: 1, policy: webhook(1000) });
  await expect(nobody.run()).rejects.toThrow(/webhook:1000ms waits to be called back, and nothing here can be called/);
  expect(nobody.vendor.counts.submits).toBe(0);
  const silent = load({ contract: await contractOf('apigo'), rate: 1, tasks: 1, policy: webhook(1000), receiver });
  await expect(silent.run()).rejects.toThrow(UsageError);
  await expect(silent.run()).rejects.toThrow(/apigo does not call back/);
  const asking = load({ rate: 1, tasks: 1, policy: fixed(1000), receiver });
  expect((await asking.run()).calls).toBeUndefined();
  expect(JSON.parse(asking.vendor.requests[0]?.body ?? '{}')).not.toHaveProperty('callback_url');
});
