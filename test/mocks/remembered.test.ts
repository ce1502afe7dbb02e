/** Uploads, answers by idempotency key, limits and accounts: what a restart, a snapshot and a reset do with them. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createUploads } from '../../mocks/uploads.js';
import { createMock, createVirtualClock, type MockOptions } from '../../src/entry/mock.js';
import { runningMock } from '../support/cli.js';
import { call } from '../support/transports.js';

const hour = 3_600_000;
const key = 'sk-apimart-test';
const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  .png()
  .toBuffer();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-remembered-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function submitTo(base: string, idempotencyKey: string, prompt: string): Request {
  const request = call(base, 'apimart', '/v1/images/generations', { model: 'gpt-image-1-official', prompt });
  request.headers.set('idempotency-key', idempotencyKey);
  return request;
}

function uploadTo(base: string, bytes: Uint8Array): Request {
  const body = new FormData();
  body.append('file', new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
  return new Request(`${base}/v1/uploads/images`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body,
  });
}

const taskOf = async (response: Response) =>
  ((await response.json()) as { data: [{ task_id: string }] }).data[0].task_id;
const urlOf = async (response: Response) => ((await response.json()) as { url: string }).url;

/** A vendor with uploads and idempotency keys, limited to four submits at once and one more in two seconds. */
async function remembering(options: MockOptions = {}, namespace = '') {
  const clock = createVirtualClock();
  const mock = await createMock({
    vendors: ['apimart'],
    dialects: ['apimart=idempotency'],
    clock,
    apiKeys: [`${key}=1`],
    ...options,
  });
  const send = (request: Request) => {
    if (namespace !== '') request.headers.set('x-proofsheet-namespace', namespace);
    return toFetch(mock.engine)(request);
  };
  const base = 'http://127.0.0.1/apimart';
  return {
    ...mock,
    clock,
    submit: (idempotencyKey: string, prompt = 'A lake') => send(submitTo(base, idempotencyKey, prompt)),
    upload: async (bytes: Uint8Array = picture) => urlOf(await send(uploadTo(base, bytes))),
    /** As a browser would: by its address alone. */
    download: (url: string) => toFetch(mock.engine)(new Request(url)),
    poll: async (id: string) => (await send(call(base, 'apimart', `/v1/tasks/${id}`))).status,
    balance: async () => (await send(call(base, 'apimart', '/v1/balance'))).json(),
    control: async (method: string, path: string, body?: unknown) => {
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await send(new Request(`http://127.0.0.1/__proofsheet${path}`, { method, ...text }));
      expect(response.status).toBe(200);
      return (await response.json()) as Record<string, unknown>;
    },
  };
}

const log = () => join(folder, 'tasks.jsonl');

test('uploads and answers outlive a restart, and hold no key', async () => {
  const one = await remembering({ state: folder });
  const url = await one.upload();
  const id = await taskOf(await one.submit('k1'));
  await one.close();
  expect(await readFile(log(), 'utf8')).not.toContain(key);

  const other = await remembering({ state: folder });
  const file = await other.download(url);
  expect(file.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await file.arrayBuffer()).equals(picture)).toBe(true);
  const again = await other.submit('k1');
  expect([await taskOf(again), again.headers.get('idempotency-replayed')]).toEqual([id, 'true']);
  expect((await other.submit('k1', 'A hill')).status).toBe(409);
  // The next equal upload is another one.
  expect(await other.upload()).not.toBe(url);
  other.clock.advance(24 * hour);
  expect(await taskOf(await other.submit('k1'))).not.toBe(id);
  other.clock.advance(72 * hour);
  await other.upload(await sharp(picture).rotate(90).png().toBuffer());
  await other.close();

  // What is over is thrown away at the next start.
  const third = await remembering({ state: folder });
  expect((await third.download(url)).status).toBe(404);
  expect(await readdir(join(folder, 'uploads'))).toHaveLength(1);
  await third.close();
});

test('a submit whose answer never left is forgotten: repeating it makes one task, not two', async () => {
  const one = await remembering({ state: folder });
  const before = await one.balance();
  await one.submit('k1');
  await one.close();
  // As if the process had died between the task and its answer.
  const lines = (await readFile(log(), 'utf8')).split('\n').filter((line) => !line.includes('"kind":"answer"'));
  await writeFile(log(), lines.join('\n'));
  const other = await remembering({ state: folder });
  expect(other.kept).toEqual({ restored: 0, left: 0 });
  expect(await other.balance()).toEqual(before);
  const id = await taskOf(await other.submit('k1'));
  await other.control('POST', `/tasks/apimart/${id}/end`, { outcome: 'failed' });
  await other.close();
  const third = await remembering({ state: folder });
  expect(third.kept).toEqual({ restored: 1, left: 0 });
  expect(await taskOf(await third.submit('k1'))).toBe(id);
  await third.close();
});

test('an upload that was not wholly written leaves nothing behind', async () => {
  const one = await remembering({ state: folder });
  const urls = [await one.upload(), await one.upload()];
  await one.close();
  const uploads = join(folder, 'uploads');
  const names = await readdir(uploads);
  await rm(join(uploads, names[0] ?? ''));
  await writeFile(join(uploads, 'stranger.new'), 'half a pict');
  const other = await remembering({ state: folder });
  const statuses = await Promise.all(urls.map(async (url) => (await other.download(url)).status));
  expect(statuses.toSorted()).toEqual([200, 404]);
  expect(await readdir(uploads)).toEqual([names[1]]);
  await other.close();
});

test('a reset throws uploads and answers away, on the disk, too', async () => {
  const one = await remembering({ state: folder });
  const url = await one.upload();
  const id = await taskOf(await one.submit('k1'));
  await one.control('POST', '/reset');
  expect((await one.download(url)).status).toBe(404);
  expect((await one.submit('k1')).headers.get('idempotency-replayed')).toBeNull();
  await one.control('POST', '/reset');
  await one.close();
  const other = await remembering({ state: folder });
  expect([(await other.download(url)).status, await other.poll(id)]).toEqual([404, 400]);
  expect((await stat(log())).size).toBeLessThan(100);
  await other.close();
});

test('a kill in the middle of uploads and submits loses none that was answered', { timeout: 60_000 }, async () => {
  const start = () => runningMock('apimart', '--state', folder, '--dialect', 'idempotency', '--speed', '1000');
  const first = await start();
  const base = first.ready.vendors['apimart'] ?? '';
  const tasks = new Map<string, string>();
  const uploads: string[] = [];
  const workForEver = async (worker: number) => {
    for (let turn = 0; ; turn += 1) {
      const name = `k${worker}-${turn}`;
      tasks.set(name, await taskOf(await fetch(submitTo(base, name, `A drum ${worker} ${turn}`))));
      uploads.push(await urlOf(await fetch(uploadTo(base, picture))));
    }
  };
  const workers = Array.from({ length: 4 }, (_, worker) => workForEver(worker).catch(() => undefined));
  await expect.poll(() => uploads.length, { timeout: 20_000 }).toBeGreaterThan(40);
  first.child.kill('SIGKILL');
  await Promise.all(workers);

  const second = await start();
  try {
    const again = second.ready.vendors['apimart'] ?? '';
    for (const [name, id] of tasks) {
      const [, worker, turn] = /^k(\d+)-(\d+)$/.exec(name) ?? [];
      expect(await taskOf(await fetch(submitTo(again, name, `A drum ${worker} ${turn}`)))).toBe(id);
    }
    for (const url of uploads) {
      const file = await fetch(url.replace(base, again));
      expect(Buffer.from(await file.arrayBuffer()).equals(picture)).toBe(true);
    }
  } finally {
    await second.interrupt();
  }
});

test('a snapshot holds uploads, answers, limits, accounts and what comes next', async () => {
  const options = { scenario: 'tight-limits' };
  const one = await remembering(options);
  const url = await one.upload();
  const ids = [await taskOf(await one.submit('k1')), await taskOf(await one.submit('k2'))];
  await one.control('DELETE', `/tasks/apimart/${ids[1]}`);
  const snapshot = await one.control('GET', '/snapshot');
  expect(JSON.stringify(snapshot)).not.toContain(key);

  const other = await remembering({ ...options, apiKeys: [`${key}=77`] });
  await other.control('PUT', '/snapshot', snapshot);
  const ways = [one, other];
  const both = async <T>(ask: (way: typeof one) => Promise<T>) => {
    const [first, second] = await Promise.all(ways.map(ask));
    expect(second).toEqual(first);
    return first;
  };
  expect(await both(async (way) => (await way.download(url)).status)).toBe(200);
  await both(async (way) => way.balance());
  // Two of four submits are left in the bucket; the replay takes one, so does the next request, which is the third of its kind.
  expect(await both(async (way) => taskOf(await way.submit('k1')))).toBe(ids[0]);
  const third = await both(async (way) => taskOf(await way.submit('k3')));
  expect(ids).not.toContain(third);
  expect(await both(async (way) => (await way.submit('k4')).status)).toBe(429);
  await both(async (way) => way.upload());
});

test('a snapshot that was restored outlives a restart', async () => {
  const one = await remembering();
  const url = await one.upload();
  const id = await taskOf(await one.submit('k1'));
  const snapshot = await one.control('GET', '/snapshot');
  const balance = await one.balance();
  const other = await remembering({ state: folder, apiKeys: [`${key}=77`] });
  await other.control('PUT', '/snapshot', snapshot);
  await other.close();
  const third = await remembering({ state: folder, apiKeys: [`${key}=77`] });
  expect((await third.download(url)).status).toBe(200);
  expect(await taskOf(await third.submit('k1'))).toBe(id);
  expect(await third.balance()).toEqual(balance);
  await third.close();
});

test('a deleted task is not answered again', async () => {
  const { submit, control, poll } = await remembering();
  const id = await taskOf(await submit('k1'));
  await control('DELETE', `/tasks/apimart/${id}`);
  const next = await submit('k1');
  expect(next.headers.get('idempotency-replayed')).toBeNull();
  expect(await poll(await taskOf(next))).toBe(200);
});

test('an upload is found by its address alone, in its namespace and through a restart', async () => {
  const one = await remembering({ state: folder }, 'mine');
  const url = await one.upload();
  expect((await one.download(url)).status).toBe(200);
  expect((await one.download(`${url}&size=1`)).status).toBe(200);
  expect((await one.download(url.replace('=mine', '=yours'))).status).toBe(404);
  await one.close();
  const other = await remembering({ state: folder }, 'mine');
  expect((await other.download(url)).status).toBe(200);
  await other.close();
});

test.each(['ended', 'deleted'])('a task that is %s early gives its place to the next', async (how) => {
  const { submit, control, clock } = await remembering({ scenario: 'tight-limits' });
  const ids: string[] = [];
  for (let index = 0; index < 4; index += 1) ids.push(await taskOf(await submit(`k${index}`, `A lake ${index}`)));
  // The bucket has room again; the four unfinished tasks have not.
  clock.advance(2_000);
  expect((await submit('k4')).status).toBe(429);
  clock.advance(2_000);
  if (how === 'deleted') await control('DELETE', `/tasks/apimart/${ids[1]}`);
  else await control('POST', `/tasks/apimart/${ids[1]}/end`, { outcome: 'succeeded' });
  expect((await submit('k5')).status).toBe(200);
  clock.advance(1_000);
  expect((await submit('k6')).status).toBe(429);
});

test('the oldest uploads make room for new ones', () => {
  const uploads = createUploads(10);
  const add = (id: string, size: number) =>
    uploads.add({
      id,
      bytes: new Uint8Array(size),
      type: 'image/png',
      accountKey: 'k',
      createdAt: 0,
      expiresAt: 1,
    });
  expect([add('a', 4), add('b', 4), add('c', 4), add('d', 11)]).toEqual([[], [], ['a'], ['b', 'c']]);
  expect([...uploads.all()].map(({ id }) => id)).toEqual(['d']);
});
