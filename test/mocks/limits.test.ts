import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BucketState, take } from '../../mocks/limits/token-bucket.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

test('a bucket never lets more through than it held plus what flowed in', () => {
  const rule = fc.record({
    perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
    burst: fc.integer({ min: 1, max: 20 }),
  });
  const waits = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(rule, waits, (bucket, pauses) => {
      let state: BucketState | undefined;
      let now = 0;
      let through = 0;
      for (const pause of pauses) {
        now += pause;
        const taken = take(bucket, state, now);
        state = taken.state;
        if (taken.ok) through += 1;
      }
      expect(through).toBeLessThanOrEqual(bucket.burst + (now / 1000) * bucket.perSecond + 1e-6);
    }),
  );
});

test('a throttled submit is told the truth: after Retry-After it goes through', async () => {
  const clock = createVirtualClock();
  const send = await createMockFetch({ clock, vendors: ['evolink'], scenario: 'tight-limits' });
  const submit = () =>
    send(call('http://mock.test/evolink', 'evolink', '/v1/images/generations', { model: 'gpt-image-1', prompt: 'x' }));
  const first = await submit();
  expect(first.status).toBe(200);
  expect(first.headers.get('x-ratelimit-remaining')).toBe('3');
  for (let more = 0; more < 3; more += 1) await submit();
  const refused = await submit();
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  clock.advance(Number(refused.headers.get('retry-after')) * 1000);
  // The bucket has a place again; the four unfinished tasks still fill the other limit.
  const full = await submit();
  expect(full.status).toBe(429);
  clock.advance(Number(full.headers.get('retry-after')) * 1000);
  expect((await submit()).status).toBe(200);
});

test('polls can be taken out of the submits’ bucket', async () => {
  const clock = createVirtualClock();
  const send = await createMockFetch({ clock, vendors: ['gptimage15'], scenario: 'tight-limits' });
  const statuses = [];
  for (let poll = 0; poll < 5; poll += 1)
    statuses.push((await send(call('http://mock.test/gptimage15', 'gptimage15', '/api/status?task_id=x'))).status);
  expect(statuses).toEqual([404, 404, 404, 404, 429]);
});
