/** No account of any vendor falls below zero: what cannot be paid is refused, or fails without having held anything. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../../mocks/accounts.js';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createEngine } from '../../mocks/engine.js';
import { activeFault } from '../../mocks/named-fault.js';
import { createMock, createVirtualClock } from '../../src/entry/mock.js';
import * as apigo from './facts/apigo.js';
import * as apimart from './facts/apimart.js';
import * as evolink from './facts/evolink.js';
import * as gptimage15 from './facts/gptimage15.js';
import type { Manner } from './facts/vendor-way.js';

/** What the plainest request costs, typed out by hand, and what a vendor does whose customer is short. */
const customers: readonly { manner: Manner; price: number; whenShort: 'refuses' | 'fails' }[] = [
  { manner: apimart.manner, price: 0.042, whenShort: 'refuses' },
  { manner: gptimage15.manner, price: 10, whenShort: 'fails' },
  { manner: apigo.manner, price: 1.026, whenShort: 'refuses' },
  { manner: evolink.manner, price: 2.5, whenShort: 'refuses' },
];

const { contracts } = await createMock();

function customer({ vendor, submit, legal, id, poll }: Manner, opening: number, faults: readonly string[] = []) {
  const clock = createVirtualClock();
  const contract = contracts.filter((one) => one.id === vendor);
  const engine = createEngine({
    contracts: contract,
    clock,
    accounts: () => [createAccount('k', opening)],
    faults: faults.map((text) => activeFault({ text }, contract)),
  });
  const send = async (method: string, path: string, body?: object, more: Record<string, string> = {}) => {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization: 'Bearer k', 'content-type': 'application/json', ...more };
    const request = new Request(`http://127.0.0.1${path}`, { method, ...text, headers });
    return clock.run(async () => {
      const response = await toFetch(engine)(request);
      // biome-ignore lint/suspicious/noExplicitAny: answers are taken apart member by member, and compared
      return { status: response.status, body: (await response.json()) as any };
    });
  };
  return {
    clock,
    submit: (outcome = 'succeeded') => send('POST', `/${vendor}${submit}`, legal, { prefer: `outcome=${outcome}` }),
    poll: async (accepted: unknown) => (await send('GET', `/${vendor}${poll?.(id?.(accepted) ?? '')}`)).body,
    endAll: async (outcome: string) => {
      for (const task of (await send('GET', '/__proofsheet/tasks?phase=running')).body.tasks)
        await send('POST', `/__proofsheet/tasks/${vendor}/${task.id}/end`, { outcome });
    },
    account: async () => (await send('GET', `/__proofsheet/accounts/${vendor}/1?limit=1000`)).body,
  };
}

describe.each(customers.map((one) => [one.manner.vendor, one] as const))('%s', (_, { manner, price, whenShort }) => {
  test('serves what the balance covers and not one task more', async () => {
    const { submit, poll, account, clock } = customer(manner, price * 2);
    const accepted = [await submit(), await submit()];
    expect(accepted.map(({ status }) => status)).toEqual([200, 200]);
    expect((await account()).balance).toBe(0);
    const third = await submit();
    expect(third.status).toBe(whenShort === 'refuses' ? 402 : 200);
    expect(await account()).toMatchObject({ balance: 0, entries: { length: manner.poll === undefined ? 4 : 2 } });
    clock.advance(600_000);
    if (whenShort === 'fails')
      expect(await poll(third.body)).toMatchObject({ data: { status: 'FAILED', consumed_credits: 0 } });
    expect(await account()).toMatchObject({ balance: 0, entries: { length: 4 } });
  });

  test('never lets a balance fall below zero, whatever becomes of its tasks', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('succeeded', 'failed', 'slow', 'moderation') },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
      { weight: 1, arbitrary: fc.constantFrom({ end: 'succeeded' }, { end: 'failed' }) },
    );
    const steps = fc.array(step, { minLength: 5, maxLength: 25, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 5 }), steps, async (tasks, all) => {
        const opening = Math.round(price * 1e6 * (tasks + 0.5)) / 1e6;
        const one = customer(manner, opening);
        for (const next of all) {
          if (typeof next === 'number') one.clock.advance(next);
          else if (typeof next === 'string') await one.submit(next);
          else await one.endAll(next.end);
          const { balance, sum } = await one.account();
          expect(balance).toBeGreaterThanOrEqual(0);
          expect(Math.round((opening + sum) * 1e6)).toBe(Math.round(balance * 1e6));
        }
      }),
      { numRuns: 15 },
    );
  });
});

test('a fault that takes customers who cannot pay lets them owe', async () => {
  const { submit, account } = customer(evolink.manner, 0, ['accepts-poor']);
  expect((await submit()).status).toBe(200);
  expect((await account()).balance).toBe(-2.5);
});
