/** Same seed, same requests, same answers to the byte: whoever is taken in first. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../../mocks/scenarios/behaviour.js';
import { type Ask, liveThrough } from '../support/live-through.js';
import * as apigo from './facts/apigo.js';
import * as apimart from './facts/apimart.js';
import * as evolink from './facts/evolink.js';
import * as gptimage15 from './facts/gptimage15.js';
import type { Manner } from './facts/vendor-way.js';

const manners = [apimart, gptimage15, apigo, evolink].map(({ manner }) => manner);

/** Everything that chance decides: durations, cold starts, failures, and faults that show now and then. */
const eventful: Behaviour = {
  timing: [
    { quality: 'low', running: { kind: 'lognormal', p50Ms: 4_000, p99Ms: 30_000 } },
    {
      queued: { kind: 'lognormal', p50Ms: 900, p99Ms: 9_000 },
      running: { kind: 'uniform', minMs: 2_000, maxMs: 20_000 },
      coldStart: { afterMs: 60_000, delay: { kind: 'uniform', minMs: 5_000, maxMs: 50_000 } },
    },
  ],
  chances: [
    { outcome: 'failed', share: 0.15 },
    { outcome: 'moderation', share: 0.1 },
    { outcome: 'server-error', share: 0.1 },
    { outcome: 'slow', share: 0.1 },
  ],
};
const faultIds = ['malformed-body', 'undocumented-status', 'refuses-valid', 'wrong-size', 'fails-late'];

/** Few different requests, so that many are equal. */
function asks({ callback, several = {} }: Manner): fc.Arbitrary<Ask[]> {
  const told = callback === undefined ? {} : { [callback]: 'http://127.0.0.1:9/told' };
  const ask = fc.record({
    change: fc.constantFrom<object>({}, { quality: 'low' }, several, told, { prompt: 'A hill' }, { prompt: 7 }),
    headers: fc.constantFrom<Ask['headers']>({}, {}, { prefer: 'outcome=failed' }, { prefer: 'outcome=slow' }),
  });
  return fc.array(ask, { minLength: 2, maxLength: 7, size: 'max' });
}

const shuffled = (list: readonly Ask[]) => fc.shuffledSubarray([...list], { minLength: list.length });

describe.each(manners.map((manner) => [manner.vendor, manner] as const))('%s', (_, manner) => {
  test('answers, files, calls and journal do not depend on who comes first', { timeout: 60_000 }, async () => {
    const both = fc.tuple(asks(manner), asks(manner), fc.boolean()).chain(([first, second, together]) =>
      fc.tuple(
        fc.constant([first, second].map((wave) => ({ asks: wave, together: true }))),
        fc
          .tuple(shuffled(first), shuffled(second))
          // Who waits for each answer of a vendor that answers at the end sends nothing in one millisecond.
          .map((waves) => waves.map((wave) => ({ asks: wave, together: together || manner.poll === undefined }))),
      ),
    );
    await fc.assert(
      fc.asyncProperty(both, async ([waves, others]) => {
        const life = { behaviour: eventful, faultIds };
        expect(await liveThrough(manner, others, life)).toEqual(await liveThrough(manner, waves, life));
      }),
      { numRuns: 12 },
    );
  });

  test('limits let as many in whoever is first, and change nothing for those', { timeout: 60_000 }, async () => {
    const { timing } = eventful;
    const legal = asks(manner).map((list) =>
      list
        .filter(({ change }) => !('prompt' in change && change.prompt === 7))
        .map(({ change }) => ({ change, headers: {} })),
    );
    const behaviour: Behaviour = {
      timing,
      chances: [],
      limits: { submit: { perSecond: 1, burst: 3 }, concurrency: 2 },
    };
    await fc.assert(
      fc.asyncProperty(
        legal.chain((list) => fc.tuple(fc.constant(list), shuffled(list))),
        async ([list, other]) => {
          const submitsOf = async (order: Ask[], life: Behaviour) =>
            (await liveThrough(manner, [{ asks: order, together: true }], { behaviour: life })).submits;
          const free = (await submitsOf(list, { timing, chances: [] })).map(({ body }) => body);
          for (const order of [list, other]) {
            const admitted = (await submitsOf(order, behaviour)).filter(({ status }) => status !== 429);
            expect(admitted).toHaveLength(Math.min(2, list.length));
            expect(free).toEqual(expect.arrayContaining(admitted.map(({ body }) => body)));
          }
        },
      ),
      { numRuns: 5 },
    );
  });
});

test('all requests of one cold millisecond start cold, those of the next one do not', async () => {
  const timing: Behaviour['timing'] = [
    {
      queued: { kind: 'fixed', ms: 0 },
      running: { kind: 'fixed', ms: 1_000 },
      coldStart: { afterMs: 60_000, delay: { kind: 'fixed', ms: 500_000 } },
    },
  ];
  const wave = {
    asks: [
      { change: {}, headers: {} },
      { change: { prompt: 'A hill' }, headers: {} },
    ],
    together: true,
  };
  const { answers } = await liveThrough(evolink.manner, [wave, wave], { behaviour: { timing, chances: [] } });
  // Of the five looks at the tasks, the warm ones are done in the last three, the cold ones in the very last.
  const ended = answers.filter((text) => text.includes('/v1/tasks/') && text.includes('completed')).length;
  expect(ended).toBe(2 * 3 + 2 * 1);
});
