/** Rate limits outlive a restart: what was taken out of a bucket stays taken. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createMock, createVirtualClock } from '../../src/entry/mock.js';
import { call } from '../support/transports.js';

let folder: string;
let scenario: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-limits-'));
  scenario = join(folder, 'limits.yaml');
  await writeFile(
    scenario,
    'limits:\n  submit: { perSecond: 0.01, burst: 3 }\n  poll: { perSecond: 0.01, burst: 2 }\n',
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const base = 'http://mock.test/evolink';
const log = () => join(folder, 'state', 'tasks.jsonl');

async function limitedMock() {
  const clock = createVirtualClock();
  const mock = await createMock({ vendors: ['evolink'], clock, scenario, state: join(folder, 'state') });
  const send = async (path: string, body?: object, namespace?: string) => {
    const request = call(base, 'evolink', path, body);
    if (namespace !== undefined) request.headers.set('x-proofsheet-namespace', namespace);
    const { status, headers } = await toFetch(mock.engine)(request);
    return [status, headers.get('x-ratelimit-remaining')];
  };
  return {
    ...mock,
    clock,
    submit: (namespace?: string) =>
      send('/v1/images/generations', { model: 'gpt-image-1', prompt: 'A lake' }, namespace),
    poll: () => send('/v1/tasks/task-unified-1-aaaaaaaa'),
  };
}

test('a restart fills no bucket, whatever was taken out of it: submits and polls, in each namespace', async () => {
  const one = await limitedMock();
  expect([await one.submit(), await one.submit(), await one.poll()]).toEqual([
    [200, '2'],
    [200, '1'],
    [404, '1'],
  ]);
  expect(await one.submit('mine')).toEqual([200, '2']);
  await one.close();
  expect(await readFile(log(), 'utf8')).not.toContain('sk-evolink');

  const other = await limitedMock();
  expect([await other.submit(), await other.poll()]).toEqual([
    [200, '0'],
    [404, '0'],
  ]);
  expect(await other.submit('mine')).toEqual([200, '1']);
  expect([(await other.submit())[0], (await other.poll())[0]]).toEqual([429, 429]);
  await other.close();

  // The clock stands where the last bucket was looked at, and what flows in from there on counts.
  const third = await limitedMock();
  expect((await third.submit())[0]).toBe(429);
  third.clock.advance(100_000);
  expect(await third.submit()).toEqual([200, '0']);
  await third.close();
});

test('a bucket is written down before the task that was taken out of it is answered', async () => {
  const one = await limitedMock();
  await one.submit();
  const kinds = (await readFile(log(), 'utf8')).trimEnd().split('\n');
  expect(kinds.map((line) => JSON.parse(line).kind)).toEqual(['proofsheet-state', 'level', 'task']);
  await one.close();
});

test('a reset fills the buckets, on the disk, too', async () => {
  const one = await limitedMock();
  await one.submit();
  await toFetch(one.engine)(new Request('http://127.0.0.1/__proofsheet/reset', { method: 'POST' }));
  await one.close();
  const other = await limitedMock();
  expect(await other.submit()).toEqual([200, '2']);
  await other.close();
});
