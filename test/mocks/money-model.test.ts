/** Whatever happens to tasks, an account's entries explain its balance, and nobody gets anything on credit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccount } from '../../mocks/accounts.js';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createEngine } from '../../mocks/engine.js';
import { createMock, createVirtualClock } from '../../src/entry/mock.js';
import { call } from '../support/transports.js';

const opening = 1;
/** What the table of prices says for these, typed out by hand. */
const requests = [
  { quality: 'low', price: 0.011 },
  { quality: 'high', n: 2, price: 0.334 },
  { quality: 'medium', size: '3:2', n: 3, price: 0.189 },
] as const;

interface Entry {
  readonly taskId: string;
  readonly kind: 'reserve' | 'settle' | 'release';
  readonly amount: number;
}

// Read once: what belongs to a run is the engine.
const { contracts } = await createMock({ vendors: ['apimart'] });

function bank() {
  const clock = createVirtualClock();
  const accounts = () => [createAccount('sk-apimart-test', opening)];
  const engine = createEngine({ contracts, clock, accounts });
  const send = toFetch(engine);
  const base = 'http://127.0.0.1/apimart';
  const control = async (method: string, path: string, body?: unknown) => {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await send(new Request(`http://127.0.0.1/__proofsheet${path}`, { method, ...text }));
    return { status: response.status, body: (await response.json()) as never };
  };
  /** What the client of the vendor knows: each task that was accepted, and its price. */
  const tasks = new Map<string, number>();
  return {
    clock,
    tasks,
    control,
    async submit({ price, ...change }: (typeof requests)[number], prompt: string) {
      const body = { model: 'gpt-image-1-official', prompt, ...change };
      const response = await send(call(base, 'apimart', '/v1/images/generations', body));
      if (response.status === 200) {
        const { data } = (await response.json()) as { data: [{ task_id: string }] };
        tasks.set(data[0].task_id, price);
      }
      return response.status;
    },
    async statusOf(id: string) {
      const response = await send(call(base, 'apimart', `/v1/tasks/${id}`));
      return ((await response.json()) as { data: { status: string } }).data.status;
    },
    async account() {
      return (await control('GET', '/accounts/apimart/1?limit=10000')).body as {
        balance: number;
        sum: number;
        entries: Entry[];
      };
    },
  };
}
type Bank = ReturnType<typeof bank>;

const cents = (amount: number) => Math.round(amount * 1e6);

/** What the client expects to be left, from what the polls tell alone. */
async function expected({ tasks, statusOf }: Bank): Promise<number> {
  let left = cents(opening);
  for (const [id, price] of tasks) if (!['failed', 'cancelled'].includes(await statusOf(id))) left -= cents(price);
  return left;
}

async function audit(one: Bank): Promise<void> {
  const { balance, sum, entries } = await one.account();
  expect(cents(balance)).toBe(await expected(one));
  expect(cents(balance)).toBe(cents(opening) + cents(sum));
  expect(balance).toBeGreaterThanOrEqual(0);
  const byTask = new Map<string, Entry[]>();
  for (const entry of entries) byTask.set(entry.taskId, [...(byTask.get(entry.taskId) ?? []), entry]);
  expect([...byTask.keys()].sort()).toEqual([...one.tasks.keys()].sort());
  for (const [id, [reserve, end, ...more]] of byTask) {
    const price = cents(one.tasks.get(id) ?? Number.NaN);
    const status = await one.statusOf(id);
    const kind = status === 'completed' ? 'settle' : ['failed', 'cancelled'].includes(status) ? 'release' : undefined;
    expect([reserve?.kind, cents(reserve?.amount ?? 0), end?.kind, more]).toEqual(['reserve', -price, kind, []]);
    expect(cents(end?.amount ?? 0)).toBe(kind === 'release' ? price : 0);
  }
}

type Step = (one: Bank) => Promise<void>;

/** The task at a place, among all that there are. */
const someTask = ({ tasks }: Bank, place: number) => [...tasks.keys()][place % Math.max(1, tasks.size)];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...requests),
        fc.constantFrom('A lake', 'a policy violation', '[outcome: failed]', '[outcome: stuck]'),
      )
      .map(
        ([request, prompt]): Step =>
          async (one) => {
            const short = (await expected(one)) < cents(request.price);
            expect(await one.submit(request, prompt)).toBe(short ? 402 : 200);
          },
      ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 30_000 }).map(
      (ms): Step =>
        async ({ clock }) =>
          clock.advance(ms),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(async ({ control }) => void (await control('POST', '/clock', { toNextEvent: true }))),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(20), fc.constantFrom('succeeded', 'failed', 'cancelled')).map(
      ([place, outcome]): Step =>
        async (one) => {
          const id = someTask(one, place);
          if (id === undefined) return;
          const ended = !['pending', 'processing'].includes(await one.statusOf(id));
          const { status } = await one.control('POST', `/tasks/apimart/${id}/end`, { outcome });
          expect(status).toBe(ended ? 409 : 200);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(20).map(
      (place): Step =>
        async (one) => {
          const id = someTask(one, place);
          if (id === undefined) return;
          expect((await one.control('DELETE', `/tasks/apimart/${id}`)).status).toBe(200);
          one.tasks.delete(id);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(async ({ control }) => {
      const { body } = await control('GET', '/snapshot');
      expect((await control('PUT', '/snapshot', body)).status).toBe(200);
    }),
  },
);

test('any history of submits, ends, deletions, snapshots and time balances to the millionth', {
  timeout: 60_000,
}, async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
      const one = bank();
      for (const take of steps) {
        await take(one);
        await audit(one);
      }
      // Without these a history proves nothing about short accounts.
      if ((await expected(one)) < cents(0.334)) refused += 1;
    }),
    { numRuns: 25 },
  );
  expect(refused).toBeGreaterThan(0);
});
