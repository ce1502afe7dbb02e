import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccount } from '../../mocks/accounts.js';
import { type EffectiveRequest, nothingAsked } from '../../mocks/admission/effective-request.js';
import { hashStably } from '../../mocks/admission/stable-text.js';
import { createOccurrences } from '../../mocks/lifecycle/occurrence.js';
import { createTaskStore, type StoredTask } from '../../mocks/store.js';
import type { Json } from '../../src/core/pointer.js';
import { createMock, toFetch } from '../../src/entry/mock.js';
import { emptyHash, hashText } from '../../src/platform/random.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

const accounts = [createAccount('one', 1), createAccount('two', 1)];
const failure = { code: 'oops', message: 'It went wrong' };
const derive = (operation: string, body: Json): EffectiveRequest => ({ ...nothingAsked, prompt: operation, body });

/** Enough that the older ones are packed. */
const MANY = 1500;

const anyTask = fc.record({
  account: fc.constantFrom(...accounts),
  operation: fc.constantFrom('createImage', 'editImage'),
  body: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  createdAt: fc.integer({ min: 0, max: 2 ** 45 }),
  runs: fc.oneof(fc.integer({ min: 0, max: 1e9 }), fc.constant(Number.POSITIVE_INFINITY)),
  fails: fc.boolean(),
  price: fc.double({ min: 0, max: 1e6, noNaN: true }),
  seed: fc.oneof(fc.stringMatching(/^[0-9a-f]{12}$/), fc.constant('no number')),
  called: fc.boolean(),
});

test('a task that was packed is the task that was put in, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(anyTask, { minLength: 1, maxLength: 20 }), (kinds) => {
      const store = createTaskStore(derive);
      const tasks = Array.from({ length: MANY }, (_, index): StoredTask => {
        const { account, operation, body, createdAt, runs, fails, seed, price, called } = kinds[
          index % kinds.length
        ] as (typeof kinds)[number];
        return {
          account,
          operation,
          id: `task ${index}`,
          request: derive(operation, JSON.parse(JSON.stringify(body)) as Json),
          plan: {
            createdAt,
            startedAt: createdAt,
            endedAt: createdAt + runs,
            outcome: fails ? 'failed' : 'succeeded',
            ...(fails ? { failure } : {}),
            failsAt: 7,
            etaSeconds: 3,
            price,
            seed,
          },
          ...(called ? { callback: { url: 'http://127.0.0.1/', reach: 'loopback', origin: 'http://mock.test' } } : {}),
        };
      });
      for (const task of tasks) store.add(task, JSON.stringify(task.request.body));
      expect(store.size).toBe(MANY);
      expect([...store.all()].map((task) => ({ ...task, request: task.request }))).toEqual(tasks);
      // From the second time on it is kept.
      store.get('task 3');
      expect(store.get('task 3')).toBe(store.get('task 3'));
    }),
    { numRuns: 15 },
  );
});

test('packed tasks can be replaced and taken out, and keep their place in the order', () => {
  const store = createTaskStore(derive);
  const task = (index: number, price = 1): StoredTask => ({
    id: `t${index}`,
    account: accounts[0] as StoredTask['account'],
    operation: 'createImage',
    request: derive('createImage', { index }),
    plan: {
      createdAt: 0,
      startedAt: 0,
      endedAt: 1,
      outcome: 'succeeded',
      failsAt: 1,
      etaSeconds: 1,
      price,
      seed: '0'.repeat(12),
    },
  });
  for (let index = 0; index < MANY; index += 1) store.add(task(index), JSON.stringify({ index }));
  expect(store.get('t1')?.request.body).toEqual({ index: 1 });
  store.add(task(1, 99));
  for (let index = 2; index < 600; index += 1) store.delete(`t${index}`);
  expect(store.get('t1')?.plan.price).toBe(99);
  expect(store.get('t2')).toBeUndefined();
  expect(store.has('t599')).toBe(false);
  expect([...store.all()].map(({ id }) => id).slice(0, 3)).toEqual(['t0', 't1', 't600']);
  expect(store.size).toBe(MANY - 598);
});

test('a task that two thousand others followed ends, is delivered and is paid for as any other', async () => {
  const clock = createVirtualClock();
  const { engine } = await createMock({ clock, vendors: ['apimart'] });
  const send = toFetch(engine);
  const base = 'http://mock.test/apimart';
  const ask = async (path: string, body?: unknown) =>
    (await (await send(call(base, 'apimart', path, body))).json()) as { data: never };
  const submit = async (index: number) => {
    const body = { model: 'gpt-image-1-official', prompt: `Lighthouse ${index}` };
    const [first] = (await ask('/v1/images/generations', body)).data as { task_id: string }[];
    return first?.task_id as string;
  };
  const oldest = await submit(0);
  const inFull = await ask(`/v1/tasks/${oldest}`);
  for (let index = 1; index < 2000; index += 1) await submit(index);
  expect(await ask(`/v1/tasks/${oldest}`)).toEqual(inFull);
  await clock.advance(3_600_000);
  const { data } = (await ask(`/v1/tasks/${oldest}`)) as { data: { status: string } };
  expect(data.status).toBe('completed');
  expect(JSON.stringify(data)).toContain(`/__files/${oldest}/0.png`);
});

test('a value is hashed as its JSON text with sorted keys', () => {
  const sorted = (value: Json): string => {
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
    const members = Object.keys(value).sort();
    return `{${members.map((key) => `${JSON.stringify(key)}:${sorted(value[key] as Json)}`).join(',')}}`;
  };
  fc.assert(
    fc.property(fc.jsonValue() as fc.Arbitrary<Json>, (value) => {
      expect(hashStably(emptyHash, value)).toBe(hashText(emptyHash, sorted(value)));
    }),
  );
});

test('occurrences are counted as a map would count them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 5000, size: 'max' }), (seen) => {
      const occurrences = createOccurrences();
      const counts = new Map<number, number>();
      for (const one of seen) {
        // Multiples of a large power of two fall into the same place.
        const hash = (one * 0x10001) >>> 0;
        const before = counts.get(hash) ?? 0;
        counts.set(hash, before + 1);
        expect(occurrences.next(hash)).toBe(before);
      }
    }),
    { numRuns: 20 },
  );
});
