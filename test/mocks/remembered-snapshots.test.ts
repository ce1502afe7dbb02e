/** Uploads, answers, limits and accounts: what snapshots and the control API do with them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { key, remembering, taskOf } from './remembering.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-remembered-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

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
