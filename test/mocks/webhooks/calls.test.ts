/** When a receiver is called, with what, and how often. */
import { expect, test } from 'vitest';
import { hook, submits, vendorThatCalls } from './vendor-that-calls.js';

test.each(Object.keys(submits))(
  '%s is told to call, and calls once with the answer that a poll gives',
  async (vendor) => {
    const mock = await vendorThatCalls(vendor);
    const { id } = await mock.submit(hook);
    expect(mock.received).toEqual([]);
    await mock.wait(120_000);
    expect(mock.received).toHaveLength(1);
    expect(mock.received[0]?.url).toBe(vendor === 'apimart' ? `${hook}/callback` : hook);
    expect(JSON.parse(String(mock.received[0]?.body))).toEqual(await mock.poll(id));
    expect(mock.received[0]?.headers['webhook-id']).toBeUndefined();
  },
);

test('the call comes at the very moment at which the task ends', async () => {
  const mock = await vendorThatCalls('evolink');
  const { id } = await mock.submit(hook);
  await mock.wait(120_000);
  const moment = mock.received[0]?.at ?? 0;
  const again = await vendorThatCalls('evolink');
  await again.submit(hook);
  again.clock.advance(moment - 1);
  expect(await again.poll(id)).toMatchObject({ status: 'processing' });
  again.clock.advance(1);
  expect(await again.poll(id)).toMatchObject({ status: 'completed' });
});

test.each([
  ['apimart', [10_000, 30_000, 60_000]],
  ['evolink', [1_000, 2_000, 4_000]],
  ['gptimage15', []],
])('%s tries again after a server error, waiting as its pages say', async (vendor, waits) => {
  const mock = await vendorThatCalls(vendor, [500, 500, 500, 500, 500]);
  await mock.submit(hook);
  await mock.wait(600_000);
  const moments = mock.received.map(({ at }) => at);
  expect(moments.slice(1).map((at, index) => Math.round(at - (moments[index] ?? 0)))).toEqual(waits);
  expect(mock.deliveries()).toMatchObject([{ state: 'given-up', attempts: moments.map(() => ({ status: 500 })) }]);
});

test.each([
  ['apimart', 1],
  ['evolink', 4],
])('%s after a 404 makes %i attempts in all', async (vendor, attempts) => {
  const mock = await vendorThatCalls(vendor, [404, 404, 404, 404, 404]);
  await mock.submit(hook);
  await mock.wait(600_000);
  expect(mock.received).toHaveLength(attempts);
});

test('one long leap of the clock makes all attempts in turn', async () => {
  const mock = await vendorThatCalls('evolink', [500, 500]);
  await mock.submit(hook);
  mock.clock.advance(600_000);
  await mock.engine.webhooks.settled();
  expect(mock.deliveries()).toMatchObject([
    { state: 'delivered', attempts: [{ status: 500 }, { status: 500 }, { status: 200 }] },
  ]);
});

test('a failed task is told as well', async () => {
  const mock = await vendorThatCalls('gptimage15');
  await mock.submit(hook, { prompt: 'A policy violation' });
  await mock.wait(120_000);
  expect(JSON.parse(String(mock.received[0]?.body))).toMatchObject({ data: { status: 'FAILED' } });
});
