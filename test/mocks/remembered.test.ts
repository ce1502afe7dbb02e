/** Uploads and answers by idempotency key: what a restart, a kill and a reset do with them. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUploads } from '../../mocks/uploads.js';
import { runningMock } from '../support/cli.js';
import { hour, key, picture, remembering, submitTo, taskOf, uploadTo, urlOf } from './remembering.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-remembered-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

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
