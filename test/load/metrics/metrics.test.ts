import fc from 'fast-check';
import { expect, test } from 'vitest';
import { take } from '../../../mocks/limits/token-bucket.js';
import { createEventQueue } from '../../../src/load/event-queue.js';
import { createLatencyRecorder } from '../../../src/load/latency-recorder.js';
import { createHerd } from '../../../src/load/metrics/herd.js';
import { createHistogram } from '../../../src/load/metrics/histogram.js';
import { createSeries } from '../../../src/load/metrics/series.js';
import { createBucket } from '../../../src/load/virtual/bucket.js';

const value = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2 ** 46 }));
const exact = (values: readonly number[], share: number) =>
  [...values].sort((one, other) => one - other)[Math.max(1, Math.ceil(values.length * share)) - 1] ?? 0;

test('a quantile is the true one to a thousandth, and small numbers are exact', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const histogram = createHistogram();
      for (const one of values) histogram.add(one);
      const wanted = exact(values, share);
      expect(Math.abs(histogram.quantile(share) - wanted)).toBeLessThanOrEqual(wanted < 2048 ? 0 : wanted / 1000);
      expect([histogram.count, histogram.min, histogram.max]).toEqual([
        values.length,
        exact(values, 0),
        exact(values, 1),
      ]);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('two histograms merged are one histogram of both', () => {
  fc.assert(
    fc.property(fc.array(value), fc.array(value), (ones, others) => {
      const [left, right, both] = [createHistogram(), createHistogram(), createHistogram()];
      for (const one of ones) left.add(one);
      for (const one of others) right.add(one);
      for (const one of [...ones, ...others]) both.add(one);
      left.merge(right.state());
      expect([left.count, left.min, left.max, left.quantile(0.5)]).toEqual([
        both.count,
        both.min,
        both.max,
        both.quantile(0.5),
      ]);
    }),
    { seed: 2, numRuns: 50 },
  );
});

test('recorders of several workers merged are one recorder of all, to the last percentile', () => {
  const ms = fc.double({ min: 0, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.array(ms), { minLength: 1, maxLength: 5 }), (workers) => {
      const whole = createLatencyRecorder();
      const merged = createLatencyRecorder();
      for (const values of workers) {
        const one = createLatencyRecorder();
        for (const value of values) {
          one.add(value);
          whole.add(value);
        }
        merged.merge(one.state());
      }
      const { mean, ...exact } = merged.summary();
      const { mean: trueMean, ...expected } = whole.summary();
      expect(exact).toEqual(expected);
      expect(Math.abs(mean - trueMean)).toBeLessThanOrEqual(0.001 + trueMean * 1e-9);
      expect(merged.curve()).toEqual(whole.curve());
    }),
    { seed: 4, numRuns: 100 },
  );
});

test('events come in their order, whatever the order in which they were added', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { maxLength: 3000 }), (moments) => {
      const queue = createEventQueue();
      const seen: number[] = [];
      moments.forEach((at, index) => {
        queue.add(at, index);
        if (index % 3 === 2) seen.push(moments[queue.take()] ?? -1);
      });
      const rest: number[] = [];
      while (queue.size > 0) rest.push(moments[queue.take()] ?? -1);
      expect(rest).toEqual([...rest].sort((one, other) => one - other));
      expect(queue.nextAt()).toBe(Number.POSITIVE_INFINITY);
      expect([...seen, ...rest].sort()).toEqual([...moments].sort());
    }),
    { seed: 3, numRuns: 50 },
  );
});

test('the modelled bucket refuses what the bucket of the mock refuses', () => {
  const rules = fc.record({
    perSecond: fc.double({ min: 0.1, max: 100, noNaN: true }),
    burst: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(rules, fc.array(fc.integer({ min: 0, max: 2000 })), (rule, gaps) => {
      const bucket = createBucket(rule);
      let state: Parameters<typeof take>[1];
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const taken = take(rule, state, now);
        state = taken.state;
        expect(bucket.take(now)).toBe(taken.ok ? 0 : taken.retryAfterMs);
      }
    }),
    { seed: 4 },
  );
});

test('a herd is the fullest tenth of a second over the mean of all', () => {
  const even = createHerd();
  for (let at = 0; at < 100_000; at += 10) even.request(at);
  expect(even.index()).toBeCloseTo(1, 6);
  const herd = createHerd();
  for (let at = 0; at < 10_000_000; at += 100) herd.request(at);
  for (let more = 0; more < 49; more += 1) herd.request(5_000);
  // Too long ago: it counts, yet no longer in its own bin.
  expect(herd.fullest()).toBe(1);
  for (let more = 0; more < 49; more += 1) herd.request(9_999_950);
  expect(herd.fullest()).toBe(50);
});

test('slices are merged when a run gets long, and nothing is lost', () => {
  const series = createSeries();
  for (let second = 0; second < 10_000; second += 1) {
    series.started(second * 1000);
    series.ended(second * 1000 + 5000);
    series.poll(second * 1000 + 2000);
  }
  const { sliceMs, started, ended, polls, inFlight } = series.series();
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  expect([sum(started), sum(ended), sum(polls)]).toEqual([10_000, 10_000, 10_000]);
  expect(started.length).toBeLessThanOrEqual(240);
  expect(started.length * sliceMs).toBeGreaterThanOrEqual(10_005_000);
  expect(inFlight.at(-1)).toBe(0);
  expect(inFlight[10]).toBe(5);
});
