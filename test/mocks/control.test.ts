import { beforeAll, expect, test } from 'vitest';
import type { EngineReply } from '../../mocks/message.js';
import { type Contract, responseFor } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { getAt } from '../../src/core/pointer.js';
import { createMock, type MockInProcess, type MockOptions } from '../../src/entry/mock.js';
import { createSteeredClock } from '../../src/platform/steered-clock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';

let api: Contract;
beforeAll(async () => {
  api = await loadContract(new URL('../../mocks/control/openapi.yaml', import.meta.url).pathname);
});

/** Operations that were answered, to see in the end that none was left out. */
const answered = new Set<string>();

function validate(method: string, path: string, reply: EngineReply): void {
  const operation = api.operations.find((one) => {
    const pattern = one.path.replace(/\/$/, '').replaceAll(/\{\w+\}/g, '[^/]+');
    return one.method === method && new RegExp(`^${pattern}$`).test(path);
  });
  expect(operation, `${method} ${path} is not in the document`).toBeDefined();
  if (operation === undefined) return;
  const documented = responseFor(operation, reply.status);
  const schema = documented?.content['application/json'];
  expect(schema, `${operation.id} ${reply.status} is not in the document`).toBeDefined();
  expect(api.violations(String(schema), JSON.parse(String(reply.body)))).toEqual([]);
  if (reply.status === 200) answered.add(operation.id);
}

type Answer = { status: number } & Record<string, never>;

function reach(mock: MockInProcess) {
  const send = async (method: string, url: string, body: unknown, headers: Record<string, string>, loopback = true) => {
    const [path = '', query = ''] = url.split('?');
    return mock.engine.handle({
      method,
      path,
      query,
      headers: { host: '127.0.0.1:4010', 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      origin: 'http://127.0.0.1:4010',
      loopback,
    });
  };
  return {
    send,
    /** Asks the control API; every answer must be as its document says. */
    async control(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
      const reply = await send(method, `/__proofsheet${url}`, body, headers);
      validate(method, url.split('?')[0] ?? '', reply);
      return { ...JSON.parse(String(reply.body)), status: reply.status } as Answer & Record<string, unknown>;
    },
    async vendor(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const reply = await send(method, `/evolink${path}`, body, {
        authorization: 'Bearer sk-evolink-test',
        ...headers,
      });
      return { ...JSON.parse(String(reply.body)), httpStatus: reply.status } as Record<string, unknown>;
    },
  };
}

async function mocked(options: MockOptions = {}) {
  const clock = createVirtualClock();
  const mock = await createMock({
    vendors: ['evolink'],
    clock,
    apiKeys: ['sk-evolink-test=10'],
    callbackSender: async () => ({ status: 200 }),
    ...options,
  });
  const ways = reach(mock);
  return {
    clock,
    mock,
    ...ways,
    submit: async (more: object = {}, headers = {}) => {
      const body = { model: 'gpt-image-1', prompt: 'A kettle', ...more };
      return String((await ways.vendor('POST', '/v1/images/generations', body, headers))['id']);
    },
    balance: () => mock.engine.namespaces.main.mock('evolink')?.firstAccount.balance(clock.now()),
  };
}

test('tasks are listed, looked at and told apart by vendor and phase', async () => {
  const { clock, control, submit } = await mocked();
  const first = await submit();
  clock.advance(60_000);
  const second = await submit({ prompt: 'A second kettle' });
  expect(await control('GET', '/tasks')).toMatchObject({
    count: 2,
    tasks: [
      { id: first, phase: 'succeeded', progress: 100, price: 2.5 },
      { id: second, phase: 'queued', prompt: 'A second kettle' },
    ],
  });
  expect(await control('GET', '/tasks?phase=queued')).toMatchObject({ count: 1, tasks: [{ id: second }] });
  expect(await control('GET', '/tasks?vendor=nobody')).toMatchObject({ count: 0 });
  expect(await control('GET', '/tasks?limit=1')).toMatchObject({ count: 2, tasks: [{ id: second }] });
  expect(await control('GET', '/tasks?phase=asleep')).toMatchObject({ status: 400 });
  expect(await control('GET', `/tasks/evolink/${first}`)).toMatchObject({ id: first, body: { prompt: 'A kettle' } });
  expect(await control('GET', '/tasks/evolink/nothing')).toMatchObject({ status: 404 });
  expect(await control('GET', '')).toMatchObject({ vendors: { evolink: { tasks: 2 } } });
});

test('a task can be made to succeed or fail now, and money follows', async () => {
  const { clock, control, vendor, submit, balance } = await mocked();
  const [good, bad] = [await submit(), await submit()];
  expect(balance()).toBe(5);
  await control('POST', `/tasks/evolink/${good}/end`, { outcome: 'succeeded' });
  await control('POST', `/tasks/evolink/${bad}/end`, { outcome: 'failed', error: { code: 'lost', message: 'Gone' } });
  expect(await vendor('GET', `/v1/tasks/${good}`)).toMatchObject({ status: 'completed', progress: 100 });
  expect(await vendor('GET', `/v1/tasks/${bad}`)).toMatchObject({ status: 'failed', error: { code: 'lost' } });
  expect(balance()).toBe(7.5);
  clock.advance(600_000);
  expect(balance()).toBe(7.5);
  expect(await control('POST', `/tasks/evolink/${bad}/end`, { outcome: 'succeeded' })).toMatchObject({ status: 409 });
  expect(await control('POST', `/tasks/evolink/${bad}/end`, { outcome: 'vanished' })).toMatchObject({ status: 400 });
  expect(await control('POST', '/tasks/evolink/nothing/end', { outcome: 'failed' })).toMatchObject({ status: 404 });
});

test('a task that was planned to fail can be made to succeed, and then it costs', async () => {
  const { clock, control, submit, balance } = await mocked();
  const id = await submit({ prompt: 'A policy violation' });
  await control('POST', `/tasks/evolink/${id}/end`, { outcome: 'succeeded' });
  clock.advance(600_000);
  expect(balance()).toBe(7.5);
});

test('a deleted task never was: it is unknown, costs nothing and tells nobody', async () => {
  const { clock, control, vendor, submit, balance, mock } = await mocked();
  const id = await submit({ callback_url: 'http://127.0.0.1:3000/' });
  expect(await control('DELETE', `/tasks/evolink/${id}`)).toMatchObject({ deleted: id });
  expect(await control('DELETE', `/tasks/evolink/${id}`)).toMatchObject({ status: 404 });
  expect(await vendor('GET', `/v1/tasks/${id}`)).toMatchObject({ httpStatus: 404 });
  expect(balance()).toBe(10);
  clock.advance(600_000);
  await mock.engine.webhooks.settled();
  expect(await control('GET', '/webhooks')).toMatchObject({ deliveries: [{ state: 'dropped', attempts: [] }] });
});

test('a reset forgets tasks, charges, journal and calls', async () => {
  const { clock, control, vendor, submit, balance, mock } = await mocked();
  const id = await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await control('POST', '/reset');
  expect(balance()).toBe(10);
  expect(await control('GET', '/journal')).toMatchObject({ count: 0 });
  expect(await vendor('GET', `/v1/tasks/${id}`)).toMatchObject({ httpStatus: 404 });
  clock.advance(600_000);
  await mock.engine.webhooks.settled();
  expect(await control('GET', '/webhooks')).toMatchObject({ count: 0 });
});

test('a snapshot brings tasks, balances and open calls back, also into another mock, and holds no key', async () => {
  const one = await mocked();
  const ids = [await one.submit(), await one.submit({ callback_url: 'http://127.0.0.1:3000/' })];
  one.clock.advance(60_000);
  ids.push(await one.submit({ prompt: 'A policy violation' }));
  const { status: _, ...snapshot } = await one.control('GET', '/snapshot');
  expect(JSON.stringify(snapshot)).not.toContain('sk-evolink');

  const other = await mocked();
  await other.submit({ prompt: 'To be forgotten' });
  expect(await other.control('PUT', '/snapshot', JSON.parse(JSON.stringify(snapshot)))).toMatchObject({ tasks: 3 });
  expect(other.clock.now()).toBe(one.clock.now());
  for (const way of [one, other]) {
    expect(way.balance()).toBe(2.5);
    way.clock.advance(60_000);
    expect(way.balance()).toBe(5);
    await way.mock.engine.webhooks.settled();
  }
  for (const id of ids)
    expect(await other.vendor('GET', `/v1/tasks/${id}`)).toEqual(await one.vendor('GET', `/v1/tasks/${id}`));
  expect(await other.control('GET', '/webhooks')).toMatchObject({ count: 1, deliveries: [{ state: 'delivered' }] });
});

test.each([
  [{}, /no snapshot/],
  [{ version: 1, at: 0, vendors: { nobody: { tasks: [], told: [] } } }, /nobody, which is not mounted/],
])('what is no snapshot for this mock is refused and changes nothing: %j', async (value, message) => {
  const { send, control, submit } = await mocked();
  await submit();
  const reply = await send('PUT', '/__proofsheet/snapshot', value, {});
  expect(reply.status).toBe(400);
  expect(JSON.parse(String(reply.body)).error.message).toMatch(message);
  expect(await control('GET', '/tasks')).toMatchObject({ count: 1 });
});

test('time moves when it is told to, forward only', async () => {
  const { clock, control, vendor, submit } = await mocked();
  const id = await submit();
  const began = clock.now();
  expect(await control('GET', '/clock')).toMatchObject({ now: began, virtual: true, frozen: true });
  expect(await control('POST', '/clock', { advanceMs: 60_000 })).toMatchObject({ now: began + 60_000 });
  expect(await vendor('GET', `/v1/tasks/${id}`)).toMatchObject({ status: 'completed' });
  expect(await control('POST', '/clock', { setMs: began + 90_000 })).toMatchObject({ now: began + 90_000 });
  expect(await control('POST', '/clock', { setMs: began })).toMatchObject({ status: 409 });
  expect(await control('POST', '/clock', { advanceMs: -1 })).toMatchObject({ status: 400 });
  expect(await control('POST', '/clock', { frozen: false })).toMatchObject({ status: 409 });
});

test('time can go from one event to the next', async () => {
  const { clock, control, vendor, submit } = await mocked();
  expect(await control('POST', '/clock', { toNextEvent: true })).toMatchObject({ status: 409 });
  const id = await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await submit({ prompt: '[outcome: stuck]' });
  const phases = [];
  for (let events = 0; events < 3; events += 1) {
    await control('POST', '/clock', { toNextEvent: true });
    phases.push((await vendor('GET', `/v1/tasks/${id}`))['status']);
  }
  // The two begin in either order; the end of the stuck one is no event.
  expect(phases.slice(-2)).toEqual(['processing', 'completed']);
  expect(await control('GET', '/webhooks')).toMatchObject({ deliveries: [{ state: 'delivered' }] });
  const ended = clock.now();
  expect(await control('POST', '/clock', { toNextEvent: true })).toMatchObject({ status: 409 });
  expect(clock.now()).toBe(ended);
});

test('every example of a body in the document is one that the mock takes', async () => {
  const { send, submit } = await mocked();
  const id = await submit();
  const examples = api.operations.flatMap(({ id: operation, method, path, pointer }) => {
    const body = getAt(api.document, `${pointer}/requestBody/content/application~1json/example`);
    return body === undefined ? [] : [{ operation, method, path, body }];
  });
  expect(examples.length).toBeGreaterThan(3);
  for (const { operation, method, path, body } of examples) {
    const at = path.replace('{vendor}', 'evolink').replace('{id}', id);
    expect([operation, (await send(method, `/__proofsheet${at}`, body, {})).status]).toEqual([operation, 200]);
  }
});

test('a steered clock can be let go and caught again; the machine cannot be steered', async () => {
  const clock = createSteeredClock();
  const steered = await mocked({ clock });
  expect(await steered.control('POST', '/clock', { frozen: false })).toMatchObject({ frozen: false });
  const before = clock.now();
  await expect.poll(() => clock.now()).toBeGreaterThan(before);
  expect(await steered.control('POST', '/clock', { frozen: true })).toMatchObject({ frozen: true });
  const mock = await createMock({ vendors: ['evolink'] });
  expect(await reach(mock).control('GET', '/clock')).toMatchObject({ virtual: false, frozen: false });
  expect(await reach(mock).control('POST', '/clock', { advanceMs: 1 })).toMatchObject({ status: 409 });
});

test('calls that come due while time is moved are made before the answer', async () => {
  const { control, submit } = await mocked();
  await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await control('POST', '/clock', { advanceMs: 60_000 });
  const { deliveries } = await control('GET', '/webhooks?state=delivered');
  const [{ id, dueAt, attempts }] = deliveries as unknown as [
    { id: string; dueAt?: number; attempts: { at: number }[] },
  ];
  expect([dueAt, attempts.length]).toEqual([undefined, 1]);
  expect(await control('POST', `/webhooks/${id}/replay`)).toMatchObject({ id, attempts: [{}, { status: 200 }] });
  expect(await control('POST', '/webhooks/msg_nothing/replay')).toMatchObject({ status: 404 });
});

test('how calls go wrong can be changed while the mock runs', async () => {
  const { control, submit } = await mocked();
  expect(await control('PUT', '/webhooks/oddities', { active: ['lost'] })).toMatchObject({ active: ['lost'] });
  expect(await control('PUT', '/webhooks/oddities', { active: ['sideways'] })).toMatchObject({ status: 400 });
  expect(await control('GET', '/webhooks/oddities')).toMatchObject({ active: ['lost'] });
  await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await control('POST', '/clock', { advanceMs: 60_000 });
  expect(await control('GET', '/webhooks')).toMatchObject({ deliveries: [{ state: 'lost' }] });
});

test('the journal answers how often something was asked', async () => {
  const { control, submit, vendor } = await mocked();
  const id = await submit();
  await vendor('GET', `/v1/tasks/${id}`);
  await vendor('GET', `/v1/tasks/${id}`);
  expect(await control('GET', `/journal?operation=getTask&taskId=${id}&limit=0`)).toMatchObject({
    count: 2,
    entries: [],
  });
  expect(await control('GET', '/journal?status=x')).toMatchObject({ status: 400 });
  expect(await control('DELETE', '/journal')).toMatchObject({ deleted: 3 });
});

test('the header chooses the namespace that is looked at, and a namespace can be thrown away', async () => {
  const { control, submit } = await mocked();
  const headers = { 'x-proofsheet-namespace': 'one' };
  await submit({}, headers);
  expect(await control('GET', '/tasks')).toMatchObject({ count: 0 });
  expect(await control('GET', '/tasks', undefined, headers)).toMatchObject({ count: 1 });
  expect(await control('GET', '/namespaces')).toMatchObject({ namespaces: [{ name: '' }, { name: 'one', tasks: 1 }] });
  expect(await control('DELETE', '/namespaces/one')).toMatchObject({ namespace: 'one' });
  expect(await control('DELETE', '/namespaces/one')).toMatchObject({ status: 404 });
  expect(await control('GET', '/tasks', undefined, headers)).toMatchObject({ count: 0 });
});

test('only programs on this machine may steer, others need the token, and pages of a browser may not', async () => {
  const status = async (headers: Record<string, string>, loopback: boolean, adminToken?: string) => {
    const { send } = await mocked(adminToken === undefined ? {} : { adminToken });
    return (await send('GET', '/__proofsheet', undefined, headers, loopback)).status;
  };
  expect(await status({}, true)).toBe(200);
  expect(await status({}, false)).toBe(403);
  expect(await status({ host: 'rebound.test' }, true)).toBe(403);
  expect(await status({ origin: 'https://page.test' }, true)).toBe(403);
  expect(await status({ 'sec-fetch-site': 'cross-site' }, true)).toBe(403);
  expect(await status({ authorization: 'Bearer let-me-in' }, false)).toBe(403);
  expect(await status({ authorization: 'Bearer let-me-in', host: 'mock.test' }, false, 'let-me-in')).toBe(200);
  expect(await status({ authorization: 'Bearer let-me-im' }, false, 'let-me-in')).toBe(403);
});

test('the entries of an account can be read, and they explain its balance', async () => {
  const { clock, control, submit } = await mocked();
  const good = await submit();
  const bad = await submit({ prompt: 'a policy violation' });
  clock.advance(60_000);
  expect(await control('GET', '/accounts')).toMatchObject({
    accounts: [{ vendor: 'evolink', account: 1, balance: 7.5, unit: 'credits' }],
  });
  const { entries, sum, balance } = await control('GET', '/accounts/evolink/1');
  expect([sum, balance]).toEqual([-2.5, 7.5]);
  expect(entries).toHaveLength(4);
  expect(entries).toContainEqual({ at: expect.any(Number), taskId: good, kind: 'settle', amount: 0 });
  expect(entries).toContainEqual({ at: expect.any(Number), taskId: bad, kind: 'release', amount: 2.5 });
  expect(await control('GET', '/accounts/evolink/9')).toMatchObject({ status: 404 });
  expect(JSON.stringify(await control('GET', '/accounts'))).not.toContain('sk-');
});

test('unknown paths, other methods and broken bodies are told so', async () => {
  const { send, mock } = await mocked();
  expect((await send('GET', '/__proofsheet/nothing', undefined, {})).status).toBe(404);
  const wrong = await send('PATCH', '/__proofsheet/clock', undefined, {});
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'GET, POST']);
  const broken = await mock.engine.handle({
    method: 'POST',
    path: '/__proofsheet/clock',
    query: '',
    headers: { host: 'localhost' },
    body: Buffer.from('{'),
    origin: 'http://localhost',
    loopback: true,
  });
  expect(broken.status).toBe(400);
});

test('every operation of the document was answered by the tests above', () => {
  expect(api.operations.map(({ id }) => id).filter((id) => !answered.has(id))).toEqual([]);
});
