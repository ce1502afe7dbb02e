import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccount } from '../../mocks/accounts.js';
import { type EngineRequest, jsonReply } from '../../mocks/message.js';
import { entriesOf } from '../../mocks/money/entries.js';
import { createIdempotencyStore } from '../../mocks/money/idempotency.js';
import { contractFile } from '../../specs/index.gen.js';
import { readDocument } from '../../src/contract/document.js';
import { setAt } from '../../src/core/pointer.js';
import { createMock, createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock, type VirtualClock } from '../../src/platform/virtual-clock.js';
import { createStoredTask } from '../support/stored-task.js';
import { call } from '../support/transports.js';

test('the entries of an account always add up to what left it', () => {
  const task = fc.record({
    price: fc.integer({ min: 0, max: 100 }),
    createdAt: fc.integer({ min: 0, max: 1_000 }),
    runs: fc.integer({ min: 1, max: 1_000 }),
    fails: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(task, { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 2_500 }), { maxLength: 10 }),
      (plans, looks) => {
        const account = createAccount('k', 10_000);
        const tasks = plans
          .toSorted((one, other) => one.createdAt - other.createdAt)
          .map((plan, index) => {
            const endedAt = plan.createdAt + plan.runs;
            account.reserve(plan.price, plan.fails ? endedAt : undefined);
            return createStoredTask(account, { ...plan, id: `t${index}`, endedAt });
          });
        for (const moment of [1_000, ...looks.map((at) => 1_000 + at)].toSorted((one, other) => one - other)) {
          const sum = entriesOf(tasks, 'k', moment).reduce((total, { amount }) => total + amount, 0);
          expect(account.balance(moment)).toBe(10_000 + sum);
        }
      },
    ),
  );
});

test('a task holds its price back while it runs, and gives it back when it fails', async () => {
  const clock = createVirtualClock();
  const send = await createMockFetch({ clock, vendors: ['apimart'], apiKeys: ['rich=1', 'short=0.0001'] });
  const body = { model: 'gpt-image-1-official', prompt: 'x' };
  const submit = async (key: string, prompt = 'x') =>
    (await send(call('http://mock.test/apimart', 'apimart', '/v1/images/generations', { ...body, prompt }, key)))
      .status;
  expect(await submit('rich')).toBe(200);
  expect(await submit('short')).toBe(402);
});

/** A vendor that honours idempotency keys: the shipped contract with one block more. */
async function idempotentVendor(clock: VirtualClock, vendor: 'apigo' | 'evolink') {
  const file = contractFile(vendor);
  const document = structuredClone(await readDocument(file));
  const block = '/paths/~1v1~1images~1generations/post/x-async-task/idempotency';
  const rule = { header: 'Idempotency-Key', window: '24h', replayedHeader: 'Idempotency-Replayed' };
  setAt(document as never, block, rule);
  const copy = join(await mkdtemp(join(tmpdir(), 'proofsheet-money-')), `${vendor}.json`);
  await writeFile(copy, JSON.stringify(document));
  const send = await createMockFetch({ vendors: [copy], clock });
  await rm(dirname(copy), { recursive: true });
  return async (prompt: string, key: string) => {
    const body = { prompt, model: 'gpt-image-1' };
    const request = call(`http://mock.test/${vendor}`, vendor, '/v1/images/generations', body);
    request.headers.set('idempotency-key', key);
    const response = await send(request);
    return { status: response.status, headers: response.headers, body: (await response.json()) as { id?: string } };
  };
}

test('a repeated submit with one idempotency key is one task, and says so', async () => {
  const clock = createVirtualClock();
  const submit = await idempotentVendor(clock, 'evolink');
  const first = await submit('a lake', 'k1');
  const again = await submit('a lake', 'k1');
  expect(again.body.id).toBe(first.body.id);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect((await submit('a lake', 'k2')).body.id).not.toBe(first.body.id);
  clock.advance(24 * 3_600_000);
  expect((await submit('a lake', 'k1')).body.id).not.toBe(first.body.id);
});

test('a key that was used for another request is refused, and so is one whose request is still being answered', async () => {
  const clock = createVirtualClock();
  const submit = await idempotentVendor(clock, 'evolink');
  await submit('a lake', 'k1');
  expect((await submit('a hill', 'k1')).status).toBe(409);

  const slow = await idempotentVendor(clock, 'apigo');
  const pending = slow('a lake', 'k1');
  const meanwhile = await slow('a lake', 'k1');
  expect(meanwhile.status).toBe(409);
  expect(meanwhile.headers.get('retry-after')).toBe('1');
  clock.advance(60_000);
  expect((await pending).status).toBe(200);
});

test('a vendor whose page promises nothing ignores the key: two submits are two tasks', async () => {
  const send = await createMockFetch({ clock: createVirtualClock(), vendors: ['evolink'] });
  const ids = [];
  for (let time = 0; time < 2; time += 1) {
    const request = call('http://mock.test/evolink', 'evolink', '/v1/images/generations', {
      model: 'gpt-image-1',
      prompt: 'x',
    });
    request.headers.set('idempotency-key', 'k1');
    ids.push(((await (await send(request)).json()) as { id: string }).id);
  }
  expect(new Set(ids).size).toBe(2);
});

test('a request that fails in the middle does not keep its idempotency key', async () => {
  const { engine, contracts } = await createMock({ vendors: ['evolink'] });
  const submit = contracts[0]?.submit;
  const mock = engine.namespaces.main.mock('evolink');
  if (submit === undefined || mock === undefined) throw new Error('no submit operation');
  const { firstAccount } = mock;
  const store = createIdempotencyStore({ ...submit.task, idempotency: { header: 'Idempotency-Key', window: '24h' } });
  const asked = { ...postOf('{}'), headers: { 'idempotency-key': 'k1' } };
  const lost = async () => {
    throw new Error('lost');
  };
  await expect(store.once(mock, firstAccount, asked, lost)).rejects.toThrow('lost');
  expect(() =>
    store.once(mock, firstAccount, asked, () => {
      throw new Error('lost at once');
    }),
  ).toThrow('lost at once');
  expect(store.once(mock, firstAccount, asked, () => jsonReply(200, { id: 'x' }))).toMatchObject({ status: 200 });
});

function postOf(body: string): EngineRequest {
  const origin = 'http://mock.test';
  return { method: 'POST', path: '/', query: '', headers: {}, body: Buffer.from(body), origin, loopback: true };
}
