import { expect, test } from 'vitest';
import { ContractBrokenError } from '../../src/client/errors/contract-broken-error.js';
import { UnsupportedError } from '../../src/client/errors/unsupported-error.js';
import { VendorRefusedError } from '../../src/client/errors/vendor-refused-error.js';
import { createImageClient } from '../../src/client/image-client.js';
import { readTask } from '../../src/client/read-task.js';
import { imageClient, type VendorId, vendorClient, vendorIds } from '../../src/entry/client.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, KEY, PICTURE } from './fake-vendor.js';

const contract = await contractOf('gptimage15');
const answer = (data: Record<string, unknown>) => ({ code: 200, data: { task_id: 'a', ...data } });

test('an unfinished task tells what it knows', () => {
  const raw = answer({ status: 'IN_PROGRESS', consumed_credits: 10, created_at: '2025-01-01T00:00:00Z' });
  expect(readTask(contract, raw)).toEqual({
    taskId: 'a',
    phase: 'running',
    statusWord: 'IN_PROGRESS',
    createdAt: Date.UTC(2025, 0, 1),
    cost: { amount: 10, unit: 'credits' },
    raw,
  });
});

test('a succeeded task has results, a failed one an error', () => {
  expect(readTask(contract, answer({ status: 'SUCCESS', response: ['https://x.test/1.png'] }))).toMatchObject({
    phase: 'succeeded',
    results: [{ url: 'https://x.test/1.png' }],
  });
  expect(readTask(contract, answer({ status: 'FAILED', error_message: 'no' }))).toMatchObject({
    phase: 'failed',
    error: { message: 'no' },
  });
  expect(readTask(contract, answer({ status: 'FAILED', error_message: 7 }))).toMatchObject({ error: {} });
});

test('a cancelled task is neither', async () => {
  const data = { id: 'a', status: 'cancelled', progress: 3 };
  const state = readTask(await contractOf('apimart'), { code: 200, data });
  expect(state).toMatchObject({ phase: 'cancelled', statusWord: 'cancelled', progress: 3 });
  expect(state).not.toHaveProperty('error');
});

test.each([
  ['an unknown word', answer({ status: 'DONE' }), '/data/status'],
  ['no word', answer({}), '/data/status'],
  ['nothing at all', undefined, '/data/status'],
  ['a success without results', answer({ status: 'SUCCESS' }), '/data/response/*'],
  ['a result that is none', answer({ status: 'SUCCESS', response: ['https://x.test', 7] }), '/data/response/1'],
])('%s breaks the contract, and the place is told', (_, raw, pointer) => {
  let error: unknown;
  try {
    readTask(contract, raw);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(ContractBrokenError);
  expect(error).toMatchObject({ pointer });
});

test('task asks once and gives images that can be downloaded', async () => {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock, durationMs: () => 5000, fails: (task) => task === 2 });
  const client = createImageClient({ contract, apiKey: KEY, baseUrl: BASE, transport: vendor.transport, clock });
  const { taskId } = await client.submit({ prompt: 'A fox' });
  const other = await client.submit({ prompt: 'A hare' });
  expect(await client.task(taskId)).toMatchObject({ taskId, phase: 'running' });
  clock.advance(6000);
  const done = await client.task(taskId);
  if (done.phase !== 'succeeded') return expect.unreachable(done.phase);
  expect(new Uint8Array(await done.results[0].bytes())).toEqual(PICTURE);
  expect(await client.task(other.taskId)).toMatchObject({ phase: 'failed', error: { message: 'Content policy' } });
  await expect(client.task('nobody')).rejects.toBeInstanceOf(VendorRefusedError);
  expect(vendor.counts.polls).toBe(4);
});

test('a vendor that answers at once has no tasks', async () => {
  const client = await imageClient('apigo', { baseUrl: BASE });
  await expect(client.task('a')).rejects.toBeInstanceOf(UnsupportedError);
  const typed = await vendorClient('apigo', { baseUrl: BASE });
  expect(() => typed.readTask({})).toThrow(UnsupportedError);
});

test.each(vendorIds.filter((id) => id !== 'apigo'))('%s: what the mock answers is read in every phase', async (id) => {
  const clock = createVirtualClock();
  const transport = await createMockFetch({ vendors: [id], clock });
  const client = await imageClient<VendorId>(id, { baseUrl: `${BASE}/${id}`, transport, clock, validate: true });
  const { taskId } = await client.submit({ prompt: 'A fox' });
  const phases = new Set<string>();
  for (let second = 0; second < 600; second += 1) {
    phases.add((await client.task(taskId)).phase);
    clock.advance(1000);
  }
  expect([...phases].at(-1)).toBe('succeeded');
  const refused = await client.submit({ prompt: 'A policy violation' });
  clock.advance(600_000);
  expect(await client.task(refused.taskId)).toMatchObject({
    phase: 'failed',
    error: { message: expect.stringMatching(/./) },
  });
});
