import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { openLog } from '../../mocks/state/append-log.js';
import { createMock, type MockOptions } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-state-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'tasks.jsonl');
const base = 'http://mock.test/evolink';

async function keptMock(options: MockOptions = {}) {
  const clock = createVirtualClock();
  const mock = await createMock({
    vendors: ['evolink'],
    clock,
    state: folder,
    apiKeys: ['sk-evolink-test=10'],
    callbackSender: async () => ({ status: 200 }),
    ...options,
  });
  const send = toFetch(mock.engine);
  return {
    ...mock,
    clock,
    async submit(more: object = {}) {
      const body = { model: 'gpt-image-1', prompt: 'A cello', ...more };
      return ((await (await send(call(base, 'evolink', '/v1/images/generations', body))).json()) as { id: string }).id;
    },
    poll: async (id: string) => (await send(call(base, 'evolink', `/v1/tasks/${id}`))).json(),
    balance: () => mock.engine.namespaces.main.mock('evolink')?.firstAccount.balance(clock.now()),
    deliveries: () => mock.engine.webhooks.deliveries(mock.engine.namespaces.main.mocks()),
  };
}

test('tasks, balances and open calls are there after a restart; what was told is not told again', async () => {
  const one = await keptMock();
  const told = await one.submit({ callback_url: 'http://127.0.0.1:3000/' });
  one.clock.advance(60_000);
  await one.engine.webhooks.settled();
  const open = await one.submit({ callback_url: 'http://127.0.0.1:3000/' });
  const answers = [await one.poll(told), await one.poll(open)];
  await one.close();

  const other = await keptMock();
  expect(other.kept).toEqual({ restored: 2, left: 0 });
  expect(other.clock.now()).toBe(one.clock.now());
  expect([await other.poll(told), await other.poll(open)]).toEqual(answers);
  expect(other.balance()).toBe(5);
  other.clock.advance(60_000);
  await other.engine.webhooks.settled();
  expect(other.deliveries()).toMatchObject([{ taskId: open, state: 'delivered' }]);
  // An equal request is still another task.
  expect([told, open]).not.toContain(await other.submit({ callback_url: 'http://127.0.0.1:3000/' }));
  await other.close();
});

test('the file holds no key, and a start leaves out what is no longer needed', async () => {
  const one = await keptMock();
  await one.submit();
  await one.engine.handle({
    method: 'POST',
    path: '/__proofsheet/reset',
    query: '',
    headers: { host: 'localhost' },
    body: undefined,
    origin: 'http://localhost',
    loopback: true,
  });
  const id = await one.submit({ prompt: 'A viola' });
  await one.close();
  const before = await readFile(file(), 'utf8');
  expect(before).not.toContain('sk-evolink');
  const other = await keptMock();
  expect(other.kept).toEqual({ restored: 1, left: 0 });
  expect(await other.poll(id)).toMatchObject({ id });
  expect((await stat(file())).size).toBeLessThan(before.length);
  await other.close();
});

test('a torn last line is left out, whatever it looks like', async () => {
  const one = await keptMock();
  const ids = [await one.submit(), await one.submit()];
  await one.close();
  await truncate(file(), (await stat(file())).size - 7);
  await appendFile(file(), '\n\u0000\u0000\u0000\n{"kind":');
  const other = await keptMock();
  expect(other.kept).toEqual({ restored: 1, left: 0 });
  expect(await other.poll(ids[0] ?? '')).toMatchObject({ id: ids[0] });
  await other.submit();
  await other.close();
  const third = await keptMock();
  expect(third.kept).toEqual({ restored: 2, left: 0 });
  await third.close();
});

test.each([
  ['not JSON\n{"kind":"removed","namespace":"","vendor":"evolink","id":"x"}\n', /damaged at line 1/],
  ['{"kind":"proofsheet-state","version":99}\n', /line 1 is no entry of this version/],
])('a file that this version cannot trust is left alone: %j', async (text, message) => {
  await writeFile(file(), text);
  await expect(keptMock()).rejects.toThrow(message);
  expect(await readFile(file(), 'utf8')).toBe(text);
  await expect(stat(join(folder, 'lock'))).rejects.toThrow(/ENOENT/);
});

test('tasks of vendors and keys that are not here now are kept for later', async () => {
  const one = await keptMock();
  await one.submit();
  await one.close();
  const other = await keptMock({ vendors: ['apimart'] });
  expect(other.kept).toEqual({ restored: 0, left: 1 });
  await other.close();
  const stranger = await keptMock({ apiKeys: ['somebody-else'] });
  expect(stranger.kept).toEqual({ restored: 0, left: 1 });
  await stranger.close();
  const again = await keptMock();
  expect(again.kept).toEqual({ restored: 1, left: 0 });
  await again.close();
});

test('two mocks do not share a folder, and a lock that nobody holds is no hindrance', async () => {
  const one = await keptMock();
  await expect(keptMock()).rejects.toThrow(/in use by another mock/);
  await one.close();
  await writeFile(join(folder, 'lock'), '999999999');
  await (await keptMock()).close();
  await writeFile(join(folder, 'lock'), String(process.ppid));
  await expect(keptMock()).rejects.toThrow(/in use by another mock/);
  await expect(keptMock({ state: join(file(), 'below') })).rejects.toThrow(/cannot be kept/);
});

test('writes of one moment share one sync, and keep their order', async () => {
  await mkdir(folder, { recursive: true });
  const log = await openLog(file());
  await Promise.all(Array.from({ length: 500 }, (_, index) => log.append({ index })));
  await log.close();
  const lines = (await readFile(file(), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).index)).toEqual(Array.from({ length: 500 }, (_, index) => index));
});

test('without a folder nothing is written', async () => {
  const { engine } = await createMock({ vendors: ['evolink'] });
  expect(engine.namespaces.main.mock('evolink')?.recorder).toBeUndefined();
});
