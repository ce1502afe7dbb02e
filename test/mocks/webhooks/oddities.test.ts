/** Signatures, and calls that go wrong on purpose. */
import { expect, test } from 'vitest';
import { oddities } from '../../../mocks/webhooks/oddity.js';
import { signedHeaders } from '../../../mocks/webhooks/signature.js';
import { createMock } from '../../../src/entry/mock.js';
import { hook, type Received, vendorThatCalls } from './vendor-that-calls.js';

test('with a secret every attempt is signed, and all carry one id', async () => {
  const callbackSecret = `whsec_${Buffer.from('a key of some bytes').toString('base64')}`;
  const mock = await vendorThatCalls('evolink', [500], { callbackSecret });
  await mock.submit(hook);
  await mock.wait(120_000);
  expect(mock.received).toHaveLength(2);
  for (const { headers, body, at } of mock.received)
    expect(headers).toMatchObject(
      signedHeaders(callbackSecret, String(mock.received[0]?.headers['webhook-id']), mock.began + at, body),
    );
});

test('the signature is the one that the scheme publishes as its example', () => {
  const headers = signedHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330_000,
    '{"test": 2432232314}',
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('there is a way to go wrong for each of these', () => {
  expect(oddities.map(({ id }) => id)).toEqual([
    'lost',
    'late',
    'early',
    'duplicated',
    'reordered',
    'wrong-signature',
    'differs-from-poll',
  ]);
});

test('lost: nothing is sent, and the log says so', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['lost'] });
  await mock.submit(hook);
  await mock.wait(600_000);
  expect(mock.received).toEqual([]);
  expect(mock.deliveries()).toMatchObject([{ state: 'lost' }]);
});

test('late and early: the call comes a minute after or well before its time', async () => {
  const momentOf = async (...callbackOddities: string[]) => {
    const mock = await vendorThatCalls('evolink', [], { callbackOddities });
    const { id } = await mock.submit(hook);
    await mock.wait(600_000);
    return {
      at: mock.received[0]?.at ?? 0,
      body: JSON.parse(String(mock.received[0]?.body)),
      poll: await mock.poll(id),
    };
  };
  const usual = await momentOf();
  expect((await momentOf('late')).at - usual.at).toBeCloseTo(60_000);
  const early = await momentOf('early');
  expect(early.at).toBeCloseTo(usual.at / 2);
  expect(early.body).toEqual(early.poll);
});

test('duplicated: the call comes twice with one id', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['duplicated'], callbackSecret: 'known' });
  await mock.submit(hook);
  await mock.wait(120_000);
  const ids = mock.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
});

test('reordered: of two tasks the one that ended first is told last', async () => {
  const order = async (...callbackOddities: string[]) => {
    const mock = await vendorThatCalls('evolink', [], { callbackOddities });
    const tasks = [await mock.submit(hook), await mock.submit(hook)];
    await mock.wait(600_000);
    return mock.received.map(({ body }) => tasks.findIndex(({ id }) => id === JSON.parse(body).id));
  };
  expect(await order('reordered')).toEqual((await order()).toReversed());
});

test('wrong-signature: it does not fit the secret', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['wrong-signature'], callbackSecret: 'known' });
  await mock.submit(hook);
  await mock.wait(120_000);
  const { headers, body, at } = mock.received[0] as Received;
  const right = signedHeaders('known', String(headers['webhook-id']), mock.began + at, body);
  expect(headers['webhook-timestamp']).toBe(right['webhook-timestamp']);
  expect(headers['webhook-signature']).not.toBe(right['webhook-signature']);
});

test('differs-from-poll: the call tells of a failure where a poll tells of a success', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbackOddities: ['differs-from-poll'] });
  const { id } = await mock.submit(hook);
  await mock.wait(120_000);
  expect(JSON.parse(String(mock.received[0]?.body))).toMatchObject({ status: 'failed' });
  expect(await mock.poll(id)).toMatchObject({ status: 'completed' });
});

test('a name that is none of these is refused', async () => {
  await expect(createMock({ callbackOddities: ['sideways'] })).rejects.toThrow(/"sideways": known are lost, late/);
});
