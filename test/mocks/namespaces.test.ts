import { expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { mostNamespaces } from '../../mocks/namespaces.js';
import { createMock } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

const base = 'http://mock.test/evolink';

async function shared() {
  const clock = createVirtualClock();
  const { engine } = await createMock({ vendors: ['evolink'], clock, apiKeys: ['sk-evolink-test=5'] });
  const send = toFetch(engine);
  const ask = (namespace: string | undefined, path: string, body?: unknown) => {
    const request = call(base, 'evolink', path, body);
    if (namespace !== undefined) request.headers.set('X-Proofsheet-Namespace', namespace);
    return send(request);
  };
  const submit = async (namespace?: string) => {
    const answer = await ask(namespace, '/v1/images/generations', { model: 'gpt-image-1', prompt: 'A gong' });
    return { status: answer.status, id: ((await answer.json()) as { id?: string }).id };
  };
  return { clock, engine, send, ask, submit };
}

test('two tests on one server have their own tasks, accounts and journals, and see the same world', async () => {
  const { engine, ask, submit } = await shared();
  const one = await submit('one');
  expect((await ask('two', `/v1/tasks/${one.id}`)).status).toBe(404);
  expect((await ask(undefined, `/v1/tasks/${one.id}`)).status).toBe(404);
  expect((await ask('one', `/v1/tasks/${one.id}`)).status).toBe(200);
  // Equal requests in equal order give equal tasks, whoever else uses the server.
  expect(await submit('two')).toEqual(one);
  // Two pictures for 5 credits, and no third one: neither pays for the other.
  expect((await submit('two')).status).toBe(200);
  expect((await submit('two')).status).toBe(402);
  expect((await submit('one')).status).toBe(200);
  expect(engine.namespaces.get('one')?.journal.count()).toBe(3);
  expect(engine.namespaces.get('two')?.journal.count()).toBe(4);
  expect(engine.namespaces.main.journal.count()).toBe(1);
});

test('a picture is found by its address alone', async () => {
  const { clock, send, ask, submit } = await shared();
  const { id } = await submit('one');
  clock.advance(60_000);
  const { results } = (await (await ask('one', `/v1/tasks/${id}`)).json()) as { results: [string] };
  expect((await send(new Request(results[0]))).status).toBe(200);
  expect((await send(new Request(results[0].replace('=one', '=two')))).status).toBe(404);
});

test.each(['', 'a b', 'ü', 'x'.repeat(65), '../up', 'a/b'])('the name %j is refused', async (name) => {
  const { engine } = await shared();
  const reply = await engine.handle({
    method: 'GET',
    path: '/evolink/v1/tasks/1',
    query: '',
    headers: { 'x-proofsheet-namespace': name },
    body: undefined,
    origin: 'http://127.0.0.1',
    loopback: true,
  });
  expect(reply.status).toBe(400);
});

test('a client elsewhere cannot choose', async () => {
  const { engine, submit } = await shared();
  await submit('one');
  await engine.handle({
    method: 'GET',
    path: '/evolink/v1/tasks/1',
    query: '',
    headers: { 'x-proofsheet-namespace': 'one' },
    body: undefined,
    origin: 'http://192.168.1.2',
    loopback: false,
  });
  expect(engine.namespaces.get('one')?.journal.count()).toBe(1);
  expect(engine.namespaces.main.journal.count()).toBe(1);
});

test('there is an end to new names', async () => {
  const { ask, engine } = await shared();
  for (let index = 0; index < mostNamespaces; index += 1) await ask(`n${index}`, '/v1/tasks/1');
  expect((await ask('one-more', '/v1/tasks/1')).status).toBe(429);
  expect((await ask('n7', '/v1/tasks/1')).status).toBe(400);
  engine.namespaces.drop('n7');
  expect((await ask('one-more', '/v1/tasks/1')).status).not.toBe(429);
});
