/** Time and order are arguments: how time is cut into pieces, and who comes first, changes nothing. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createEngine } from '../../mocks/engine.js';
import { behaviourFor } from '../../mocks/scenarios/for-vendor.js';
import { readScenario } from '../../mocks/scenarios/read-scenario.js';
import { createMock, createVirtualClock, startMock } from '../../src/entry/mock.js';
import { call } from '../support/transports.js';

const minute = 60_000;
const receiver = 'http://127.0.0.1:3000/';

// Contracts are read once: what belongs to a run is the engine.
const { contracts: busy } = await createMock({ vendors: ['apimart'], dialects: ['apimart=idempotency'] });
const { contracts: all } = await createMock();
const [tightLimits, flaky] = [await readScenario('tight-limits'), await readScenario('flaky')];

/** A vendor on which everything hangs on time: tasks, calls with retries, uploads, results, keys and limits. */
async function busyVendor() {
  const clock = createVirtualClock();
  const statuses = [500, 500];
  const engine = createEngine({
    contracts: busy,
    behaviour: (vendor) => behaviourFor(tightLimits, vendor),
    clock,
    webhooks: { sender: async () => ({ status: statuses.shift() ?? 200 }) },
  });
  const send = toFetch(engine);
  const base = 'http://127.0.0.1/apimart';
  const submit = async (key: string, webhook?: string) => {
    const request = call(base, 'apimart', '/v1/images/generations', {
      model: 'gpt-image-1-official',
      prompt: 'A lake',
      webhook,
    });
    request.headers.set('idempotency-key', key);
    const response = await send(request);
    return { text: await response.text(), headers: Object.fromEntries(response.headers), status: response.status };
  };
  const body = new FormData();
  body.append('file', new File([Buffer.from('GIF89a, and so on')], 'a.gif'));
  const headers = { authorization: 'Bearer sk-apimart-test' };
  const uploaded = await send(new Request(`${base}/v1/uploads/images`, { method: 'POST', headers, body }));
  const { url } = (await uploaded.json()) as { url: string };
  const first = JSON.parse((await submit('k1', receiver)).text) as { data: [{ task_id: string }] };
  const id = first.data[0].task_id;
  for (const key of ['k2', 'k3', 'k4']) await submit(key);
  return {
    clock,
    engine,
    /** All that can be seen of the vendor now. */
    async look() {
      const poll = await send(call(base, 'apimart', `/v1/tasks/${id}`));
      const told = (await poll.json()) as { data?: { result?: { images: [{ url: [string] }] } } };
      const picture = told.data?.result?.images[0].url[0] ?? `${base}/__files/${id}/0.png`;
      // A look at the file itself would encode a picture: the address beyond the last one is judged by time alone, too.
      const file = await send(new Request(picture.replace('/0.png', '/9.png')));
      return {
        poll: [poll.status, told, Object.fromEntries(poll.headers)],
        file: file.status,
        upload: (await send(new Request(url))).status,
        deliveries: engine.webhooks.deliveries(engine.namespaces.main.mocks()),
        again: await submit('k1', receiver),
        other: await submit('k9'),
      };
    },
  };
}

test('tasks, calls, uploads, keys and limits come to the same, however time is cut', async () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 30 * minute }), { maxLength: 6 });
  const ends = fc.constantFrom(0, 1_000, 5_000, 20_000, 2 * minute, 25 * 60 * minute, 73 * 60 * minute);
  await fc.assert(
    fc.asyncProperty(pieces, ends, async (cuts, total) => {
      const [one, other] = [await busyVendor(), await busyVendor()];
      await one.engine.time.advance(total);
      const goal = other.clock.now() + total;
      for (const ms of cuts) await other.engine.time.advance(Math.min(ms, goal - other.clock.now()));
      while (other.clock.now() < goal && (await steps(other, goal)));
      await other.engine.time.advance(goal - other.clock.now());
      expect(await other.look()).toEqual(await one.look());
    }),
    { numRuns: 15 },
  );
});

/** Goes to the next event, as long as it lies before the goal. */
async function steps({ clock, engine }: Awaited<ReturnType<typeof busyVendor>>, goal: number): Promise<boolean> {
  const next = engine.webhooks.nextDue();
  if (next === undefined || next > goal || next <= clock.now()) return false;
  return engine.time.toNextEvent();
}

test('what time ends, it ends everywhere', async () => {
  const { engine, look } = await busyVendor();
  const before = await look();
  expect([before.upload, before.again.headers['idempotency-replayed'], before.other.status]).toEqual([
    200,
    undefined,
    429,
  ]);
  await engine.time.advance(2 * minute);
  const later = await look();
  expect(later.deliveries[0]?.attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
  expect([later.again.headers['idempotency-replayed'], later.other.status]).toEqual(['true', 200]);
  await engine.time.advance(72 * 60 * minute);
  const last = await look();
  expect([last.upload, last.again.headers['idempotency-replayed']]).toEqual([410, undefined]);
});

interface Asked {
  readonly vendor: string;
  readonly path: string;
  readonly body: object;
}

const generations = '/v1/images/generations';
const asked: readonly Asked[] = [
  ...['A lake', 'A hill', 'A lake', 'a policy violation', '[outcome: failed]'].map((prompt) => ({
    vendor: 'evolink',
    path: generations,
    body: { model: 'gpt-image-1', prompt },
  })),
  ...['A bell', 'A gong', 'A bell'].map((prompt) => ({
    vendor: 'gptimage15',
    path: '/api/generate',
    body: { prompt },
  })),
  ...['A cat', 'A dog', 'A cat'].map((prompt) => ({
    vendor: 'apigo',
    path: generations,
    body: { model: 'dall-e-2', prompt, size: '256x256', response_format: 'b64_json' },
  })),
];

/** Equal requests may change places among themselves; what they get together must stay the same. */
const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

async function answersInOrder(scheduler: fc.Scheduler): Promise<Map<string, string[]>> {
  const clock = createVirtualClock();
  const engine = createEngine({ contracts: all, clock, seed: 11, behaviour: (vendor) => behaviourFor(flaky, vendor) });
  const send = toFetch(engine);
  const found = new Map<string, string[]>();
  const ask = async ({ vendor, path, body }: Asked) => {
    const response = await send(call(`http://mock.test/${vendor}`, vendor, path, body));
    const text = await response.text();
    const id = /"(?:task_id|id)":"([^"]+)"/.exec(text)?.[1];
    const pollPath = vendor === 'gptimage15' ? `/api/status?task_id=${id}` : `/v1/tasks/${id}`;
    const seen = [response.status, hash(text)];
    if (id !== undefined) {
      const polled = await send(call(`http://mock.test/${vendor}`, vendor, pollPath));
      await scheduler.schedule(Promise.resolve(), 'poll');
      seen.push(id, hash(await polled.text()));
      const mock = engine.namespaces.main.mock(vendor);
      const plan = mock?.store.get(id)?.plan;
      seen.push(JSON.stringify(plan));
    }
    const name = JSON.stringify([vendor, body]);
    found.set(name, [...(found.get(name) ?? []), seen.join(' ')].sort());
  };
  const started = asked.map((one) => scheduler.schedule(Promise.resolve(one), one.path).then(ask));
  await clock.run(async () => {
    await scheduler.waitFor(Promise.all(started));
  });
  return new Map([...found].sort(([one], [other]) => one.localeCompare(other)));
}

test('the same requests get the same ids, durations, failures and pictures in any order', {
  timeout: 60_000,
}, async () => {
  let first: Map<string, string[]> | undefined;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const answers = await answersInOrder(scheduler);
      first ??= answers;
      expect(answers).toEqual(first);
    }),
    { numRuns: 6 },
  );
  expect([...(first?.values() ?? [])].flat().length).toBe(asked.length);
});

test('a mock on a port in virtual time is moved by its own calls', async () => {
  const mock = await startMock({ vendors: ['evolink'], virtualClock: true });
  try {
    expect(await mock.time.toNextEvent()).toBe(false);
    const base = mock.vendors['evolink'] ?? '';
    const body = { model: 'gpt-image-1', prompt: 'A lake' };
    const { id } = (await (await fetch(call(base, 'evolink', generations, body))).json()) as { id: string };
    const status = async () =>
      ((await (await fetch(call(base, 'evolink', `/v1/tasks/${id}`))).json()) as { status: string }).status;
    const seen = [await status()];
    while (await mock.time.toNextEvent()) seen.push(await status());
    expect(seen).toEqual(['pending', 'processing', 'completed']);
    expect([mock.time.flow(), mock.time.freeze()]).toEqual([true, true]);
  } finally {
    await mock.close();
  }
});

test.each([
  ['speed', { speed: 1e9 }],
  ['the scenario', { scenario: 'instant' }],
])('instant by %s: accepted as pending, done at the next look, with the calls made', async (_, options) => {
  const clock = createVirtualClock();
  const { engine } = await createMock({
    ...options,
    clock,
    vendors: ['evolink'],
    callbackSender: async () => ({ status: 200 }),
  });
  const body = { model: 'gpt-image-1', prompt: 'A lake', callback_url: 'http://127.0.0.1:3000/' };
  const answer = await toFetch(engine)(call('http://mock.test/evolink', 'evolink', generations, body));
  const { id, status } = (await answer.json()) as { id: string; status: string };
  expect(status).toBe('pending');
  await engine.time.advance(2);
  const poll = await toFetch(engine)(call('http://mock.test/evolink', 'evolink', `/v1/tasks/${id}`));
  expect(await poll.json()).toMatchObject({ status: 'completed', progress: 100 });
  expect(engine.webhooks.deliveries(engine.namespaces.main.mocks())).toMatchObject([{ state: 'delivered' }]);
});
