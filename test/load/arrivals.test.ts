import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { burstArrivals } from '../../src/load/arrivals/burst.js';
import { constantArrivals } from '../../src/load/arrivals/constant.js';
import { poissonArrivals } from '../../src/load/arrivals/poisson.js';
import { rampArrivals } from '../../src/load/arrivals/ramp.js';
import { traceArrivals } from '../../src/load/arrivals/trace.js';
import { type Arrivals, arrivalOffsets, arrivalsExamples, parseArrivals } from '../../src/load/arrivals.js';
import { createRng } from '../../src/platform/random.js';

function take(count: number, arrivals: Arrivals, seed: string | number = 1): number[] {
  const taken: number[] = [];
  const offsets = arrivalOffsets(arrivals, createRng(seed));
  while (taken.length < count) {
    const { value, done } = offsets.next();
    if (done === true) break;
    taken.push(Number(value));
  }
  return taken;
}

test('constant arrivals start at once and keep their step', () => {
  expect(take(5, constantArrivals(4))).toEqual([0, 250, 500, 750, 1000]);
});

test('the mean gap is one over the rate, whatever kind, rate and seed', () => {
  const rates = fc.double({ min: 0.1, max: 5000, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(constantArrivals, poissonArrivals), rates, fc.integer(), (kind, rate, seed) => {
      const offsets = take(4000, kind(rate), seed);
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
  const offsets = take(20_000, poissonArrivals(1000), 'a');
  const gaps = offsets.map((offset, index) => offset - (offsets[index - 1] ?? 0));
  expect(gaps.filter((gap) => gap > 1).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
  expect(take(50, poissonArrivals(1000), 'a')).toEqual(offsets.slice(0, 50));
});

test('a ramp starts as many as the mean of its rates says, then goes on at the last', () => {
  const up = take(2000, rampArrivals(0, 20, 60_000));
  expect(up.filter((offset) => offset < 60_000)).toHaveLength(600);
  // A quarter of them in the first half: the area under a triangle.
  expect(up.filter((offset) => offset < 30_000).length).toBe(150);
  expect((up[1999] ?? 0) - (up[1998] ?? 0)).toBeCloseTo(50, 6);
  const down = take(2000, rampArrivals(20, 0, 60_000));
  expect(down).toHaveLength(600);
  expect(down.at(-1)).toBeLessThanOrEqual(60_000);
  for (const offsets of [up, down])
    expect(offsets.every((offset, index) => index === 0 || offset >= (offsets[index - 1] ?? 0))).toBe(true);
});

test('a burst comes at one moment, once or again and again', () => {
  expect(take(10, burstArrivals(3))).toEqual([0, 0, 0]);
  expect(take(5, burstArrivals(2, 1000))).toEqual([0, 0, 1000, 1000, 2000]);
});

test('a trace is replayed from offsets or from moments, in their order', () => {
  expect(take(9, traceArrivals('# mine\n\n500\n0.5\r\n1000\n', 'a.txt'))).toEqual([0.5, 500, 1000]);
  const moments = '2025-01-31T12:00:01Z\n2025-01-31 13:00:00.250+01:00\n';
  expect(take(9, traceArrivals(moments, 'b.txt'))).toEqual([0, 750]);
});

test.each([
  ['12\nsoon\n-5\n7', /a\.txt holds lines.*line 2: "soon"; line 3: "-5"/],
  ['2025-01-31T12:00:00', /line 1: "2025-01-31T12:00:00"/],
  ['# nothing\n', /lists no start/],
  ['5\n2025-01-31T12:00:00Z', /mixes 1 offsets in milliseconds with 1 moments/],
  ['x\n'.repeat(9), /and 4 more/],
])('the trace %j is refused', (text, message) => {
  expect(() => traceArrivals(text, 'a.txt')).toThrow(UsageError);
  expect(() => traceArrivals(text, 'a.txt')).toThrow(message);
});

test('arrivals are named, and every example but the file can be read', async () => {
  expect((await parseArrivals('poisson', 5)).name).toBe('poisson');
  for (const example of arrivalsExamples.filter((text) => !text.startsWith('trace'))) {
    const arrivals = await parseArrivals(example, 5);
    expect((await parseArrivals(arrivals.name, 5)).name).toBe(arrivals.name);
  }
  const folder = await mkdtemp(join(tmpdir(), 'arrivals-'));
  const file = join(folder, 'starts.txt');
  await writeFile(file, '0\n40\n');
  expect(take(9, await parseArrivals(`trace:${file}`, 5))).toEqual([0, 40]);
  await rm(folder, { recursive: true });
});

test.each([
  ['waves', 5, /"waves" are unknown/],
  ['poison', 5, /did you mean poisson/],
  ['constant', 0, /The rate must be a positive number of tasks per second, is 0/],
  ['poisson', Number.NaN, /is NaN/],
  ['poisson', Number.POSITIVE_INFINITY, /is Infinity/],
  ['constant:5', 5, /take no parameters/],
  ['ramp', 5, /ramp:1,20,5m/],
  ['ramp:1,2', 5, /ramp:1,20,5m/],
  ['ramp:1,x,5m', 5, /last rate of a ramp must be a number .* "x"/],
  ['ramp:0,0,5m', 5, /starts nothing/],
  ['ramp:1,2,0s', 5, /duration of a ramp must be positive/],
  ['burst:0', 5, /burst:100,1m/],
  ['burst:2,0s', 5, /between two bursts must be positive/],
  ['trace:', 5, /trace:starts\.txt/],
  ['trace:/nowhere/at/all', 5, /\/nowhere\/at\/all cannot be read/],
])('the arrivals %j at %d are refused', async (text, rate, message) => {
  await expect(parseArrivals(text, rate)).rejects.toThrow(UsageError);
  await expect(parseArrivals(text, rate)).rejects.toThrow(message);
});
