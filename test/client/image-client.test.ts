import { expect, test } from 'vitest';
import { ContractBrokenError } from '../../src/client/errors/contract-broken-error.js';
import { DeadlineError } from '../../src/client/errors/deadline-error.js';
import { OutcomeUnknownError } from '../../src/client/errors/outcome-unknown-error.js';
import { TaskFailedError } from '../../src/client/errors/task-failed-error.js';
import { VendorRefusedError } from '../../src/client/errors/vendor-refused-error.js';
import type { ProgressEvent } from '../../src/client/generate-options.js';
import { createImageClient } from '../../src/client/image-client.js';
import { NotJudgedError, UsageError } from '../../src/core/errors.js';
import { fixed } from '../../src/core/polling.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, type FakeVendorOptions, KEY, PICTURE } from './fake-vendor.js';

const contract = await contractOf('gptimage15');
const lake = { prompt: 'A calm lake at dawn', size: '1536x1024', quality: 'high' };

function setUp(options: Omit<FakeVendorOptions, 'clock'> = {}, baseUrl = 'https://vendor.test') {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock, ...options });
  const client = createImageClient({ contract, apiKey: KEY, baseUrl, transport: vendor.transport, clock });
  return { clock, vendor, client };
}

/** What a promise rejects with; a resolved one is a failed test. */
async function rejection<T extends Error>(type: abstract new (...args: never[]) => T, work: Promise<unknown>) {
  const error = await work.then(
    (value) => expect.unreachable(`resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(type);
  return error as T;
}

test('generate submits once, polls as advised and gives the images in one shape', async () => {
  const { clock, vendor, client } = setUp();
  const events: ProgressEvent[] = [];
  const startedAt = clock.now();
  const result = await clock.run(() => client.generate(lake, { onProgress: (event) => events.push(event) }));

  expect(result).toMatchObject({
    vendor: 'gptimage15',
    taskId: 'n36t1gptimg',
    images: [{ url: `${BASE}/files/1.png`, format: 'png' }],
    cost: { amount: 10, unit: 'credits' },
    timings: { submittedAt: startedAt, finishedAt: startedAt + 15_000, polls: 3 },
    raw: { submit: { data: { status: 'IN_PROGRESS' } }, final: { data: { status: 'SUCCESS' } } },
  });
  expect(JSON.parse(vendor.requests[0]?.body ?? '')).toEqual({ ...lake, size: '1536*1024' });
  expect(events.map(({ type }) => type)).toEqual(['sending', 'submitted', 'polled', 'polled', 'polled', 'finished']);
  expect(vendor.counts).toMatchObject({ submits: 1, polls: 3 });
});

test('bytes downloads an image without the key', async () => {
  const { clock, vendor, client } = setUp();
  const result = await clock.run(() => client.generate(lake));
  expect(new Uint8Array((await result.images[0]?.bytes()) ?? [])).toEqual(PICTURE);
  expect(vendor.requests.at(-1)).toMatchObject({ authorization: null });
});

test('on loopback polls start at 50 ms and grow to 500 ms', async () => {
  const { clock, client } = setUp({ durationMs: () => 4000 }, BASE);
  const result = await clock.run(() => client.generate(lake));
  // 50, 125, 237.5, 406.25, 659.4, 1039.1, then every 500 ms.
  expect(result.timings.polls).toBe(12);
});

test('a failed task is an error with the vendor’s reason', async () => {
  const { clock, client } = setUp({ fails: () => true });
  const events: ProgressEvent[] = [];
  const error = await rejection(
    TaskFailedError,
    clock.run(() => client.generate(lake, { onProgress: (event) => events.push(event) })),
  );
  expect(events.at(-1)).toMatchObject({ type: 'finished', phase: 'failed', taskId: 'n36t1gptimg' });
  expect(error).toMatchObject({ taskId: 'n36t1gptimg', phase: 'failed', reason: 'Content policy', exitCode: 1 });
});

test('a refusal carries status and code, is not repeated and never shows the key', async () => {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({
    clock,
    onSubmit: () => ({ status: 401, body: { code: 401, message: `${KEY} is unknown`, data: null } }),
  });
  const client = createImageClient({ contract, apiKey: KEY, baseUrl: BASE, transport: vendor.transport, clock });
  const error = await rejection(VendorRefusedError, client.generate(lake));
  expect(error).toMatchObject({ status: 401, code: 401, retryable: false });
  expect(error.message).toBe('gptimage15 refused the request with 401: <key> is unknown');
  expect(vendor.counts.submits).toBe(1);
});

test('a 429 on submit is refused as retryable, with the wait that the vendor asks for', async () => {
  const busy = { status: 429, headers: { 'retry-after': '7' }, body: { code: 429, message: 'busy', data: null } };
  const { vendor, client } = setUp({ onSubmit: () => busy });
  const error = await rejection(VendorRefusedError, client.generate(lake));
  expect(error).toMatchObject({ retryable: true, retryAfterMs: 7000 });
  expect(vendor.counts.submits).toBe(1);
});

test.each([
  ['the connection breaks', () => Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' }))],
  ['a gateway gives up', () => ({ status: 504, body: '<html>Gateway Time-out</html>' })],
  ['no answer ever comes', () => new Promise<never>(() => undefined)],
])('a submit is never repeated when %s: its outcome is unknown', async (_, onSubmit) => {
  const { clock, vendor, client } = setUp({ onSubmit });
  const error = await rejection(
    OutcomeUnknownError,
    clock.run(() => client.generate(lake)),
  );
  expect(error.message).toContain('was not sent again');
  expect(vendor.counts.submits).toBe(1);
});

test('a transport that says by an error response that the connection broke is understood', async () => {
  const client = createImageClient({ contract, apiKey: KEY, baseUrl: BASE, transport: async () => Response.error() });
  await rejection(OutcomeUnknownError, client.generate(lake));
});

test('an abort while the submit is on its way leaves the outcome unknown, and says so', async () => {
  const { clock, vendor, client } = setUp({ onSubmit: () => new Promise<never>(() => undefined) });
  const controller = new AbortController();
  const work = client.generate(lake, { signal: controller.signal });
  await new Promise(setImmediate);
  clock.advance(10);
  controller.abort(new Error('enough'));
  expect((await rejection(OutcomeUnknownError, work)).cause).toMatchObject({ message: 'enough' });
  expect(vendor.counts.submits).toBe(1);
});

test('a server that was never reached is told apart from an unknown outcome', async () => {
  const refused = Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }),
  });
  const { client } = setUp({ onSubmit: () => Promise.reject(refused) });
  expect((await rejection(NotJudgedError, client.generate(lake))).message).toContain('ECONNREFUSED');
});

test('an accepted submit without a task id breaks the contract', async () => {
  const { client } = setUp({ onSubmit: () => ({ status: 200, body: { code: 200, data: { status: 'IN_PROGRESS' } } }) });
  expect(await rejection(ContractBrokenError, client.generate(lake))).toMatchObject({ pointer: '/data/task_id' });
});

test('the deadline ends the wait with the id to resume, and resume finds the result', async () => {
  const { clock, vendor, client } = setUp({ durationMs: () => 60_000 });
  const startedAt = clock.now();
  await clock.run(async () => {
    const error = await rejection(DeadlineError, client.generate(lake, { timeoutMs: 32_000 }));
    expect(error).toMatchObject({ taskId: 'n36t1gptimg', exitCode: 1 });
    expect(clock.now() - startedAt).toBe(32_000);
    const result = await client.resume(error.taskId);
    expect(result.timings).toMatchObject({ submittedAt: startedAt, finishedAt: startedAt + 62_000, polls: 7 });
    expect(result.raw).not.toHaveProperty('submit');
  });
  expect(vendor.counts.submits).toBe(1);
});

test('an abort in the middle of a wait ends it at once with the signal’s reason', async () => {
  const { clock, vendor, client } = setUp();
  const controller = new AbortController();
  const startedAt = clock.now();
  const reason = new Error('enough');
  const onProgress = (event: ProgressEvent) => {
    if (event.type === 'polled')
      clock.sleep(2000).then(
        () => controller.abort(reason),
        () => undefined,
      );
  };
  const error = await rejection(
    Error,
    clock.run(() => client.generate(lake, { signal: controller.signal, onProgress })),
  );
  expect(error).toBe(reason);
  expect(clock.now() - startedAt).toBe(7000);
  expect(vendor.counts).toMatchObject({ submits: 1, polls: 1 });
});

test('an unknown status word is an error at once, never a spin', async () => {
  const odd = { status: 200, body: { code: 200, data: { task_id: 'n36t1gptimg', status: 'PAUSED' } } };
  const { clock, vendor, client } = setUp({ onPoll: () => odd });
  const error = await rejection(
    ContractBrokenError,
    clock.run(() => client.generate(lake)),
  );
  expect(error).toMatchObject({ pointer: '/data/status', taskId: 'n36t1gptimg' });
  expect(error.message).toContain('"PAUSED" is unknown; it should be one of PENDING, IN_PROGRESS, SUCCESS, FAILED');
  expect(vendor.counts.polls).toBe(1);
});

test.each([
  ['no status', { code: 200, data: {} }, '/data/status'],
  ['another task', { code: 200, data: { task_id: 'n36t2gptimg', status: 'IN_PROGRESS' } }, '/data/task_id'],
  [
    'success without a result',
    { code: 200, data: { task_id: 'n36t1gptimg', status: 'SUCCESS', response: [] } },
    '/data/response/*',
  ],
  [
    'a result that is no address',
    { code: 200, data: { task_id: 'n36t1gptimg', status: 'SUCCESS', response: ['x.png'] } },
    '/data/response/0',
  ],
  ['no JSON', 'busy', ''],
])('a poll that answers with %s breaks the contract', async (_, body, pointer) => {
  const { clock, client } = setUp({ onPoll: () => ({ status: 200, body }) });
  expect(
    await rejection(
      ContractBrokenError,
      clock.run(() => client.generate(lake)),
    ),
  ).toMatchObject({ pointer });
});

const notFound = { status: 404, body: { code: 404, message: 'no such job', data: null } };

test('a task that is not known just after its submit is asked for again', async () => {
  const { clock, client } = setUp({ onPoll: (count) => (count <= 2 ? notFound : undefined) });
  const events: ProgressEvent[] = [];
  const result = await clock.run(() => client.generate(lake, { onProgress: (event) => events.push(event) }));
  expect(result.timings.polls).toBe(3);
  expect(events.filter(({ type }) => type === 'retrying')).toHaveLength(2);
});

test('a task that stays unknown, gets lost or is resumed with a wrong id is refused', async () => {
  const never = setUp({ onPoll: () => notFound });
  const error = await rejection(
    VendorRefusedError,
    never.clock.run(() => never.client.generate(lake)),
  );
  expect(error).toMatchObject({ status: 404, taskId: 'n36t1gptimg' });
  expect(never.vendor.counts).toMatchObject({ submits: 1, polls: 6 });

  const lost = setUp({ onPoll: (count) => (count === 2 ? notFound : undefined) });
  await rejection(
    VendorRefusedError,
    lost.clock.run(() => lost.client.generate(lake)),
  );
  expect(lost.vendor.counts.polls).toBe(2);

  const wrong = setUp();
  await rejection(
    VendorRefusedError,
    wrong.clock.run(() => wrong.client.resume('n36t9gptimg')),
  );
  expect(wrong.vendor.counts.polls).toBe(1);
});

test('Retry-After is honoured on polls, up to a minute', async () => {
  const busy = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds }, body: 'busy' });
  const { clock, client } = setUp({
    onPoll: (count) => (count === 1 ? busy('20') : count === 2 ? busy('86400') : undefined),
  });
  const waits: number[] = [];
  const onProgress = (event: ProgressEvent) => void (event.type === 'retrying' && waits.push(event.waitMs));
  await clock.run(() => client.generate(lake, { onProgress }));
  expect(waits).toEqual([20_000, 60_000]);
});

test('a stretch of server errors is outlived, an endless one is not', async () => {
  const failing = { status: 500, body: { code: 500, message: 'try again', data: null } };
  const short = setUp({ onPoll: (count) => (count <= 5 ? failing : undefined) });
  expect((await short.clock.run(() => short.client.generate(lake))).timings.polls).toBe(6);

  const endless = setUp({ onPoll: () => failing });
  await rejection(
    VendorRefusedError,
    endless.clock.run(() => endless.client.generate(lake)),
  );
  expect(endless.vendor.counts).toMatchObject({ submits: 1, polls: 6 });

  const silent = setUp({ onPoll: () => Promise.reject(new TypeError('fetch failed')) });
  const error = await rejection(
    OutcomeUnknownError,
    silent.clock.run(() => silent.client.generate(lake)),
  );
  expect(error.taskId).toBe('n36t1gptimg');
});

test('a policy of the caller’s own decides when to ask', async () => {
  const { clock, client } = setUp();
  const result = await clock.run(() => client.generate(lake, { pollPolicy: fixed(1000) }));
  expect(result.timings.polls).toBe(12);
  await rejection(
    UsageError,
    clock.run(() => client.generate(lake, { pollPolicy: fixed(Number.NaN) })),
  );
});

test('submit gives the id without waiting', async () => {
  const { clock, vendor, client } = setUp();
  expect(await client.submit(lake)).toMatchObject({ taskId: 'n36t1gptimg', submittedAt: clock.now() });
  expect(vendor.counts).toMatchObject({ submits: 1, polls: 0 });
});

test('a key that no header can carry is refused without being shown', () => {
  const build = () => createImageClient({ contract, apiKey: 'sk-secret\n', baseUrl: BASE });
  expect(build).toThrow(UsageError);
  expect(build).not.toThrow(/sk-secret/);
});
