import { expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createJournal } from '../../mocks/journal.js';
import { createMock } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

test('the journal tells what was asked and how it was answered', async () => {
  const clock = createVirtualClock();
  const { engine } = await createMock({ vendors: ['evolink'], clock });
  const send = toFetch(engine);
  const base = 'http://mock.test/evolink';
  const ask = (path: string, body?: unknown) => send(call(base, 'evolink', path, body));
  const { id } = (await (await ask('/v1/images/generations', { model: 'gpt-image-1', prompt: 'A drum' })).json()) as {
    id: string;
  };
  clock.advance(1_000);
  await ask(`/v1/tasks/${id}`);
  await ask('/v1/images/generations', { model: 'gpt-image-1' });
  await ask('/v1/nothing');

  const { journal } = engine.namespaces.main;
  const at = clock.now();
  expect(journal.list()).toEqual([
    {
      id: 1,
      at: at - 1_000,
      vendor: 'evolink',
      operation: 'createImage',
      method: 'POST',
      path: '/v1/images/generations',
      status: 200,
      taskId: id,
      durationMs: 0,
    },
    {
      id: 2,
      at,
      vendor: 'evolink',
      operation: 'getTask',
      method: 'GET',
      path: `/v1/tasks/${id}`,
      status: 200,
      taskId: id,
      durationMs: 0,
    },
    expect.objectContaining({ id: 3, operation: 'createImage', status: 400 }),
    { id: 4, at, vendor: 'evolink', method: 'GET', path: '/v1/nothing', status: 404, durationMs: 0 },
  ]);
  expect(journal.count({ operation: 'createImage' })).toBe(2);
  expect(journal.count({ taskId: id })).toBe(2);
  expect(journal.list({ method: 'get', path: '/v1/tasks/*', status: 200 })).toHaveLength(1);
  expect(journal.list({ since: at, after: 2 }).map((entry) => entry.id)).toEqual([3, 4]);
  expect(journal.count({ vendor: 'somebody' })).toBe(0);
});

test('a synchronous vendor is in the journal with the time that it took', async () => {
  const clock = createVirtualClock();
  const { engine } = await createMock({ vendors: ['apigo'], clock });
  const send = toFetch(engine);
  await clock.run(() => send(call('http://mock.test', 'apigo', '/v1/images/generations', { prompt: 'A drum' })));
  const [entry] = engine.namespaces.main.journal.list();
  expect(entry?.status).toBe(200);
  expect(entry?.durationMs).toBeGreaterThan(1_000);
});

const fill = (size: number, count: number, path = (index: number) => `/tasks/${index}`) => {
  const journal = createJournal(size, (text) => text === 'a-private-key');
  for (let index = 1; index <= count; index += 1)
    journal.record(index, 'somebody', 'getTask', 'GET', path(index), 200, `t${index}`, 0);
  return journal;
};

test('the oldest entries make room for new ones, and ids are never used again', () => {
  const journal = fill(10, 25);
  expect(journal.count()).toBe(10);
  expect(journal.list().map(({ id, path }) => [id, path])).toEqual(
    Array.from({ length: 10 }, (_, index) => [index + 16, `/tasks/${index + 16}`]),
  );
  journal.clear();
  expect(journal.list()).toEqual([]);
  journal.record(1, 'somebody', undefined, 'GET', '/', 404, undefined, 1);
  expect(journal.list()).toEqual([
    { id: 26, at: 1, vendor: 'somebody', method: 'GET', path: '/', status: 404, durationMs: 1 },
  ]);
});

test('a key that stands in an address is blotted out, known or only looking like one', () => {
  const paths = ['/tasks/a-private-key', '/tasks/sk-somebody-test', '/files/key_abcdef12.png'];
  const journal = fill(10, 3, (index) => paths[index - 1] ?? '');
  expect(journal.list().map(({ path }) => path)).toEqual(['/tasks/***', '/tasks/***', '/files/***']);
});

test('an endless address does not fill the memory', () => {
  expect(fill(10, 1, () => '/x'.repeat(8_000)).list()[0]?.path.length).toBe(512);
});
