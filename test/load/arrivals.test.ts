import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { arrivalKinds, arrivalOffsets, parseArrivals } from '../../src/load/arrivals.js';
import { createRng } from '../../src/platform/random.js';

function take(count: number, offsets: Iterable<number>): number[] {
  const taken: number[] = [];
  for (const offset of offsets) {
    if (taken.length === count) break;
    taken.push(offset);
  }
  return taken;
}

test('constant arrivals start at once and keep their step', () => {
  expect(take(5, arrivalOffsets('constant', 4, createRng(1)))).toEqual([0, 250, 500, 750, 1000]);
});

test('the mean gap is one over the rate, whatever kind, rate and seed', () => {
  const rates = fc.double({ min: 0.1, max: 5000, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...arrivalKinds), rates, fc.integer(), (kind, rate, seed) => {
      const offsets = take(4000, arrivalOffsets(kind, rate, createRng(seed)));
      const mean = (offsets.at(-1) ?? 0) / (offsets.length - 1);
      // The mean of 4000 exponential gaps scatters by 1.6 %; five times that never happens by chance.
      expect(mean * rate).toBeGreaterThan(920);
      expect(mean * rate).toBeLessThan(1080);
      expect(offsets.every((offset, index) => index === 0 || offset >= (offsets[index - 1] ?? 0))).toBe(true);
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('poisson gaps scatter as exponential ones do, and equal seeds draw equal gaps', () => {
  const offsets = take(20_000, arrivalOffsets('poisson', 1000, createRng('a')));
  const gaps = offsets.map((offset, index) => offset - (offsets[index - 1] ?? 0));
  expect(gaps.filter((gap) => gap > 1).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
  expect(take(50, arrivalOffsets('poisson', 1000, createRng('a')))).toEqual(offsets.slice(0, 50));
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a rate of %d is refused', (rate) => {
  expect(() => arrivalOffsets('constant', rate, createRng(1)).next()).toThrow(UsageError);
});

test('arrivals are named', () => {
  expect(parseArrivals('poisson')).toBe('poisson');
  expect(() => parseArrivals('waves')).toThrow('choose constant or poisson');
});
