import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { oddities } from '../../mocks/webhooks/oddity.js';
import { signedHeaders } from '../../mocks/webhooks/signature.js';
import { createMock, type MockOptions } from '../../src/entry/mock.js';
import type { CallbackRequest } from '../../src/platform/callback-sender.js';
import { httpCallbackSender } from '../../src/platform/callback-sender.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

const submits: Record<string, { path: string; poll: (id: string) => string; field: string; body: object }> = {
  apimart: {
    path: '/v1/images/generations',
    poll: (id) => `/v1/tasks/${id}`,
    field: 'webhook',
    body: { model: 'gpt-image-1-official', prompt: 'A bell' },
  },
  gptimage15: {
    path: '/api/generate',
    poll: (id) => `/api/status?task_id=${id}`,
    field: 'callback_url',
    body: { prompt: 'A bell' },
  },
  evolink: {
    path: '/v1/images/generations',
    poll: (id) => `/v1/tasks/${id}`,
    field: 'callback_url',
    body: { model: 'gpt-image-1', prompt: 'A bell' },
  },
};

interface Received extends CallbackRequest {
  /** Milliseconds since the start of the test. */
  readonly at: number;
}

/** A vendor in virtual time whose receiver answers with the given statuses in turn, then with 200. */
async function vendorThatCalls(vendor: string, statuses: readonly number[] = [], options: MockOptions = {}) {
  const clock = createVirtualClock();
  const received: Received[] = [];
  const began = clock.now();
  const left = [...statuses];
  const { engine } = await createMock({
    vendors: [vendor],
    clock,
    callbackSender: async (request) => {
      received.push({ ...request, at: clock.now() - began });
      return { status: left.shift() ?? 200 };
    },
    ...options,
  });
  const send = toFetch(engine);
  const { path, poll, field, body } = submits[vendor] as (typeof submits)['evolink'] & object;
  return {
    clock,
    engine,
    received,
    began,
    async submit(url: string, more: object = {}) {
      const response = await send(call(`http://mock.test/${vendor}`, vendor, path, { ...body, [field]: url, ...more }));
      const answer = (await response.json()) as Record<string, never>;
      const data = answer['data'] as unknown as { task_id?: string } | { task_id: string }[] | undefined;
      const id = Array.isArray(data) ? data[0]?.task_id : (data?.task_id ?? answer['id']);
      return { status: response.status, answer, id: String(id) };
    },
    async poll(id: string) {
      return (await send(call(`http://mock.test/${vendor}`, vendor, poll(id)))).json();
    },
    /** Time passes without leaps: every moment at which something is due comes by itself. */
    async wait(ms: number) {
      const goal = clock.now() + ms;
      for (;;) {
        await engine.webhooks.settled();
        const next = engine.webhooks.nextDue();
        if (next === undefined || next > goal) break;
        clock.advance(next - clock.now());
      }
      clock.advance(goal - clock.now());
      await engine.webhooks.settled();
    },
    deliveries: () => engine.webhooks.deliveries(engine.namespaces.main.mocks()),
  };
}

const hook = 'http://127.0.0.1:3000/hook';

test.each(Object.keys(submits))(
  '%s is told to call, and calls once with the answer that a poll gives',
  async (vendor) => {
    const mock = await vendorThatCalls(vendor);
    const { id } = await mock.submit(hook);
    expect(mock.received).toEqual([]);
    await mock.wait(120_000);
    expect(mock.received).toHaveLength(1);
    expect(mock.received[0]?.url).toBe(vendor === 'apimart' ? `${hook}/callback` : hook);
    expect(JSON.parse(String(mock.received[0]?.body))).toEqual(await mock.poll(id));
    expect(mock.received[0]?.headers['webhook-id']).toBeUndefined();
  },
);

test('the call comes at the very moment at which the task ends', async () => {
  const mock = await vendorThatCalls('evolink');
  const { id } = await mock.submit(hook);
  await mock.wait(120_000);
  const moment = mock.received[0]?.at ?? 0;
  const again = await vendorThatCalls('evolink');
  await again.submit(hook);
  again.clock.advance(moment - 1);
  expect(await again.poll(id)).toMatchObject({ status: 'processing' });
  again.clock.advance(1);
  expect(await again.poll(id)).toMatchObject({ status: 'completed' });
});

test.each([
  ['apimart', [10_000, 30_000, 60_000]],
  ['evolink', [1_000, 2_000, 4_000]],
  ['gptimage15', []],
])('%s tries again after a server error, waiting as its pages say', async (vendor, waits) => {
  const mock = await vendorThatCalls(vendor, [500, 500, 500, 500, 500]);
  await mock.submit(hook);
  await mock.wait(600_000);
  const moments = mock.received.map(({ at }) => at);
  expect(moments.slice(1).map((at, index) => Math.round(at - (moments[index] ?? 0)))).toEqual(waits);
  expect(mock.deliveries()).toMatchObject([{ state: 'given-up', attempts: moments.map(() => ({ status: 500 })) }]);
});

test.each([
  ['apimart', 1],
  ['evolink', 4],
])('%s after a 404 makes %i attempts in all', async (vendor, attempts) => {
  const mock = await vendorThatCalls(vendor, [404, 404, 404, 404, 404]);
  await mock.submit(hook);
  await mock.wait(600_000);
  expect(mock.received).toHaveLength(attempts);
});

test('one long leap of the clock makes all attempts in turn', async () => {
  const mock = await vendorThatCalls('evolink', [500, 500]);
  await mock.submit(hook);
  mock.clock.advance(600_000);
  await mock.engine.webhooks.settled();
  expect(mock.deliveries()).toMatchObject([
    { state: 'delivered', attempts: [{ status: 500 }, { status: 500 }, { status: 200 }] },
  ]);
});

test('a failed task is told as well', async () => {
  const mock = await vendorThatCalls('gptimage15');
  await mock.submit(hook, { prompt: 'A policy violation' });
  await mock.wait(120_000);
  expect(JSON.parse(String(mock.received[0]?.body))).toMatchObject({ data: { status: 'FAILED' } });
});

test.each([
  'https://127.0.0.1:3000/hook',
  'http://192.168.1.4/hook',
  'http://example.com/hook',
  'https://example.com/hook',
  'ftp://127.0.0.1/hook',
  'http://user:secret@127.0.0.1/hook',
  'file:///etc/passwd',
  'http://127.0.0.1.example.com/hook',
  'http://0.0.0.0:3000/',
])('by default %s is refused and never called', async (url) => {
  const mock = await vendorThatCalls('evolink');
  const { status, answer } = await mock.submit(url);
  expect(status).toBe(400);
  expect(answer['error']).toMatchObject({ message: expect.stringContaining('callback_url') });
  await mock.wait(120_000);
  expect(mock.received).toEqual([]);
});

test.each(['http://127.1:3000/hook', 'http://2130706433/hook', 'http://[::1]:3000/', 'http://localhost:3000/'])(
  'by default %s is this machine',
  async (url) => {
    const mock = await vendorThatCalls('evolink');
    expect(await mock.submit(url)).toMatchObject({ status: 200 });
  },
);

test.each([
  ['evolink', 'http://example.com/hook', 400],
  ['evolink', 'https://example.com/hook', 200],
  ['evolink', 'https://10.0.0.1/hook', 400],
  ['evolink', 'https://[fd00::1]/hook', 400],
  ['evolink', 'https://localhost/hook', 400],
  ['evolink', 'https://169.254.169.254/latest', 400],
  ['evolink', `https://example.com/${'a'.repeat(2048)}`, 400],
  ['apimart', 'http://example.com:8080/hook', 400],
  ['apimart', 'http://example.com:80/hook', 200],
  ['apimart', 'http://172.16.0.1/hook', 400],
  ['gptimage15', 'http://192.168.1.4:3000/hook', 200],
])("by the vendor's own rules %s answers %s with %i", async (vendor, url, status) => {
  const mock = await vendorThatCalls(vendor, [], { callbacks: 'vendor' });
  expect((await mock.submit(url)).status).toBe(status);
  await mock.wait(120_000);
  expect(mock.received).toEqual([]);
  if (status === 200) expect(mock.deliveries()).toMatchObject([{ state: 'withheld', attempts: [] }]);
});

test('only where calling out is allowed is a receiver elsewhere called, and never inside a private network', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbacks: 'vendor', callbacksOut: true });
  await mock.submit('https://example.com/hook');
  await mock.wait(120_000);
  expect(mock.received).toMatchObject([{ url: 'https://example.com/hook', reach: ['public'] }]);
  await expect(createMock({ callbacksOut: true })).rejects.toThrow(/--callbacks vendor/);
});

test('with a secret every attempt is signed, and all carry one id', async () => {
  const callbackSecret = `whsec_${Buffer.from('a key of some bytes').toString('base64')}`;
  const mock = await vendorThatCalls('evolink', [500], { callbackSecret });
  await mock.submit(hook);
  await mock.wait(120_000);
  expect(mock.received).toHaveLength(2);
  for (const { headers, body, at } of mock.received)
    expect(headers).toMatchObject(
      signedHeaders(callbackSecret, String(mock.received[0]?.headers['webhook-id']), mock.began + at, body),
    );
});

test('the signature is the one that the scheme publishes as its example', () => {
  const headers = signedHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330_000,
    '{"test": 2432232314}',
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('there is a way to go wrong for each of these', () => {
  expect(oddities.map(({ id }) => id)).toEqual([
    'lost',
    'late',
    'early',
    'duplicated',
    'reordered',
    'wrong-signature',
    'differs-from-poll',
  ]);
});

test('lost: nothing is sent, and the log says so', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['lost'] });
  await mock.submit(hook);
  await mock.wait(600_000);
  expect(mock.received).toEqual([]);
  expect(mock.deliveries()).toMatchObject([{ state: 'lost' }]);
});

test('late and early: the call comes a minute after or well before its time', async () => {
  const momentOf = async (...callbackOddities: string[]) => {
    const mock = await vendorThatCalls('evolink', [], { callbackOddities });
    const { id } = await mock.submit(hook);
    await mock.wait(600_000);
    return {
      at: mock.received[0]?.at ?? 0,
      body: JSON.parse(String(mock.received[0]?.body)),
      poll: await mock.poll(id),
    };
  };
  const usual = await momentOf();
  expect((await momentOf('late')).at - usual.at).toBeCloseTo(60_000);
  const early = await momentOf('early');
  expect(early.at).toBeCloseTo(usual.at / 2);
  expect(early.body).toEqual(early.poll);
});

test('duplicated: the call comes twice with one id', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['duplicated'], callbackSecret: 'known' });
  await mock.submit(hook);
  await mock.wait(120_000);
  const ids = mock.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
});

test('reordered: of two tasks the one that ended first is told last', async () => {
  const order = async (...callbackOddities: string[]) => {
    const mock = await vendorThatCalls('evolink', [], { callbackOddities });
    const tasks = [await mock.submit(hook), await mock.submit(hook)];
    await mock.wait(600_000);
    return mock.received.map(({ body }) => tasks.findIndex(({ id }) => id === JSON.parse(body).id));
  };
  expect(await order('reordered')).toEqual((await order()).toReversed());
});

test('wrong-signature: it does not fit the secret', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['wrong-signature'], callbackSecret: 'known' });
  await mock.submit(hook);
  await mock.wait(120_000);
  const { headers, body, at } = mock.received[0] as Received;
  const right = signedHeaders('known', String(headers['webhook-id']), mock.began + at, body);
  expect(headers['webhook-timestamp']).toBe(right['webhook-timestamp']);
  expect(headers['webhook-signature']).not.toBe(right['webhook-signature']);
});

test('differs-from-poll: the call tells of a failure where a poll tells of a success', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['differs-from-poll'] });
  const { id } = await mock.submit(hook);
  await mock.wait(120_000);
  expect(JSON.parse(String(mock.received[0]?.body))).toMatchObject({ status: 'failed' });
  expect(await mock.poll(id)).toMatchObject({ status: 'completed' });
});

test('a name that is none of these is refused', async () => {
  await expect(createMock({ callbackOddities: ['sideways'] })).rejects.toThrow(/"sideways": known are lost, late/);
});

test('real sockets: redirects are answers, silence times out, and a name may not lead astray', async () => {
  const seen: string[] = [];
  const receiver = createServer((request, response) => {
    seen.push(String(request.url));
    if (request.url === '/silent') return;
    response.writeHead(request.url === '/moved' ? 302 : 204, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const base = { headers: {}, body: '{}', timeoutMs: 300, reach: ['loopback'] as const };
  try {
    await expect(httpCallbackSender({ ...base, url: `http://127.0.0.1:${port}/` })).resolves.toEqual({ status: 204 });
    await expect(httpCallbackSender({ ...base, url: `http://127.0.0.1:${port}/moved` })).resolves.toEqual({
      status: 302,
    });
    await expect(httpCallbackSender({ ...base, url: `http://127.0.0.1:${port}/silent` })).rejects.toThrow(
      /within 300 ms/,
    );
    await expect(httpCallbackSender({ ...base, url: `http://localhost:${port}/`, reach: ['public'] })).rejects.toThrow(
      /may not be called/,
    );
    expect(seen).toEqual(['/', '/moved', '/silent']);
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
});
