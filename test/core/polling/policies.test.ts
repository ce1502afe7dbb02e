import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.js';
import {
  advisedPolicy,
  decorrelatedJitter,
  equalJitter,
  etaGuided,
  exponential,
  fixed,
  fullJitter,
  nextWait,
  retryAfterMs,
} from '../../../src/core/polling.js';
import { createRng } from '../../../src/platform/random.js';
import { anyPolicy } from './policy-bounds.js';

const seed = { seed: 20250 };
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const ms = fc.integer({ min: 0, max: 200_000 });
/** Sums of fractions differ in their last digits. */
const HAIR = 1e-6;

test('no policy ever leaves its bounds, however chance falls', () => {
  const history = fc.record({ previousMs: ms, elapsedMs: ms, etaMs: ms }, { requiredKeys: [] });
  fc.assert(
    fc.property(
      anyPolicy({ min: 1, max: 60_000 }),
      fc.integer({ min: 1, max: 1000 }),
      history,
      chance,
      ({ policy, bounds }, poll, facts, draw) => {
        const delay = policy.delayMs(poll, { ...facts, chance: draw });
        const [least, most] = bounds(poll, facts);
        expect(delay).toBeGreaterThanOrEqual(least - HAIR);
        expect(delay).toBeLessThanOrEqual(most + HAIR);
      },
    ),
    { ...seed, numRuns: 2000 },
  );
});

test('equal facts give equal waits: a policy remembers nothing', () => {
  const facts = fc.record({ chance, previousMs: ms, elapsedMs: ms, etaMs: ms });
  fc.assert(
    fc.property(anyPolicy({ min: 1, max: 60_000 }), fc.array(facts, { minLength: 2 }), ({ policy }, all) => {
      const once = all.map((one, index) => policy.delayMs(index + 1, one));
      const again = all.map((one, index) => policy.delayMs(index + 1, one)).reverse();
      expect(again.reverse()).toEqual(once);
    }),
    seed,
  );
});

test('a growing wait never shrinks', () => {
  const params = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 1, max: 10, noNaN: true }));
  fc.assert(
    fc.property(params, fc.integer({ min: 1, max: 500 }), ([first, factor], poll) => {
      const policy = exponential(first, factor, 60_000);
      expect(policy.delayMs(poll + 1)).toBeGreaterThanOrEqual(policy.delayMs(poll));
    }),
    seed,
  );
});

test('what the server asks for wins over every policy, up to a minute; some time always passes', () => {
  fc.assert(
    fc.property(
      anyPolicy({ min: 1, max: 60_000 }),
      fc.integer({ min: 1, max: 20 }),
      fc.option(fc.integer({ min: 0, max: 1e7 }), { nil: undefined }),
      chance,
      ({ policy }, poll, asked, draw) => {
        const own = policy.delayMs(poll, { chance: draw });
        const wait = nextWait(policy, poll, {
          chance: draw,
          ...(asked === undefined ? {} : { retryAfterMs: asked }),
        });
        expect(wait.policyMs).toBe(own);
        expect(wait.ms).toBe(Math.max(1, asked === undefined || asked === 0 ? own : Math.min(60_000, asked)));
      },
    ),
    seed,
  );
});

test('a policy that gives no number is a mistake of its author, not an endless loop', () => {
  expect(() => nextWait(fixed(Number.NaN), 3)).toThrow(UsageError);
  expect(() => nextWait({ name: 'odd', delayMs: () => undefined as never }, 3)).toThrow(
    /odd gives no number for poll 3/,
  );
  expect(nextWait(fixed(-5), 1).ms).toBe(1);
});

test.each([
  ['full', fullJitter(1000, 1, 1000), 500],
  ['equal', equalJitter(1000, 1, 1000), 750],
])('%s jitter waits its middle on average', (_, policy, mean) => {
  const rng = createRng('jitter');
  const delays = Array.from({ length: 20_000 }, () => policy.delayMs(1, { chance: rng.next() }));
  expect(Math.abs(delays.reduce((sum, delay) => sum + delay, 0) / delays.length - mean)).toBeLessThan(10);
});

test('decorrelated jitter stays below its cap and comes back to its shortest wait', () => {
  const rng = createRng('walk');
  const policy = decorrelatedJitter(100, 5000);
  const walk: number[] = [];
  for (let poll = 1; poll <= 5000; poll += 1) {
    const previousMs = walk.at(-1);
    walk.push(policy.delayMs(poll, { chance: rng.next(), ...(previousMs === undefined ? {} : { previousMs }) }));
  }
  expect(Math.max(...walk)).toBe(5000);
  expect(Math.min(...walk)).toBeLessThan(110);
});

test('with an estimate the first wait is the estimate, then the short interval', () => {
  const policy = etaGuided(500);
  expect(policy.delayMs(1, { etaMs: 20_000, elapsedMs: 0, chance: 0 })).toBe(20_000);
  expect(policy.delayMs(2, { etaMs: 20_000, elapsedMs: 20_100, chance: 0 })).toBe(500);
  // The vendor thinks again: so does the policy.
  expect(policy.delayMs(3, { etaMs: 30_000, elapsedMs: 21_000, chance: 0 })).toBe(9000);
  // An absurd estimate does not put everything to sleep.
  expect(policy.delayMs(1, { etaMs: 1e9, elapsedMs: 0, chance: 0 })).toBe(60_000);
});

test('without a policy the vendor’s advice holds, and loopback is asked quickly', () => {
  expect(advisedPolicy(false).delayMs(9)).toBe(5000);
  expect(advisedPolicy(false, 8000).delayMs(9)).toBe(8000);
  expect([1, 2, 9].map((poll) => advisedPolicy(true, 8000).delayMs(poll))).toEqual([50, 75, 500]);
});

test.each([
  ['3', 3000],
  ['0.5', 500],
  ['Wed, 01 Jan 2025 00:00:10 GMT', 10_000],
  ['Tue, 31 Dec 2024 23:59:50 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After %j is %j ms', (header, wait) => {
  expect(retryAfterMs(header, Date.UTC(2025, 0, 1))).toBe(wait);
});
