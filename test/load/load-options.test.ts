/** What a load refuses before anything is sent, and what it sends by itself. */
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { type RunLoadOptions, runLoad } from '../../src/load/run-load.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, KEY } from '../client/fake-vendor.js';
import { load } from './fake-load.js';

test.each<[string, Partial<RunLoadOptions>, RegExp]>([
  ['another machine', { baseUrl: 'https://api.vendor.test', tasks: 1 }, /api\.vendor\.test is not this machine/],
  ['neither tasks nor duration', {}, /number of tasks or a duration/],
  ['no rate', { tasks: 1, rate: 0 }, /rate must be a positive/],
  ['half a task', { tasks: 0.5 }, /tasks must be a whole number/],
  ['a body that breaks the contract', { tasks: 1, body: { prompt: 7 } }, /\/prompt must be string/],
  ['an unknown threshold', { tasks: 1, thresholds: ['speed>1'] }, /known are submit\.mean/],
])('%s is refused before anything is sent', async (_, options, message) => {
  const { run, vendor } = load({ rate: 1, ...options });
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toMatch(message);
  expect(vendor.counts.submits).toBe(0);
});

test('a remote target can be allowed', async () => {
  const remote = { baseUrl: 'https://api.vendor.test', allowRemote: true };
  const { run } = load({ rate: 1, tasks: 1, durationMs: 60_000, ...remote });
  expect((await run()).tasks.succeeded).toBe(1);
});

test.each(['apimart', 'evolink', 'apigo', 'gptimage15'])('%s has an example that a load can send', async (vendor) => {
  const clock = createVirtualClock();
  const bodies: string[] = [];
  const transport = async ({ body }: { readonly body?: string }) => {
    bodies.push(body ?? '');
    return { status: 500, headers: {}, body: '' };
  };
  await clock.run(async () =>
    runLoad({
      contract: await contractOf(vendor),
      apiKey: KEY,
      baseUrl: BASE,
      seed: 1,
      clock,
      transport,
      rate: 1,
      tasks: 2,
    }),
  );
  expect(bodies.map((body) => JSON.parse(body).prompt)).toEqual([
    'A lighthouse at dawn, picture 1',
    'A lighthouse at dawn, picture 2',
  ]);
});
