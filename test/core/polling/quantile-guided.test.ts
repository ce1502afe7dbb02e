import { expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.js';
import { draw } from '../../../src/core/lifecycle/distribution.js';
import { fixed, learnQuantiles, type PollingPolicy, quantileGuided } from '../../../src/core/polling.js';
import { createRng } from '../../../src/platform/random.js';

const quantiles = { p50Ms: 60_000, p99Ms: 180_000 };

function durations(count: number, seed: string): number[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => draw({ kind: 'lognormal', ...quantiles }, rng));
}

/** Polls + lambda x seconds of delay, on average. */
function costOf(policy: PollingPolicy, all: readonly number[], lambda: number): number {
  let cost = 0;
  for (const duration of all) {
    let elapsedMs = 0;
    for (let poll = 1; elapsedMs < duration; poll += 1) {
      elapsedMs += policy.delayMs(poll, { elapsedMs });
      cost += 1;
    }
    cost += (lambda * (elapsedMs - duration)) / 1000;
  }
  return cost / all.length;
}

test.each([0.02, 0.1, 1])('with lambda %d it costs less than any fixed interval', (lambda) => {
  const all = durations(4000, 'tasks');
  const guided = costOf(quantileGuided(quantiles, lambda), all, lambda);
  const intervals = Array.from({ length: 60 }, (_, index) => 500 * 1.12 ** index);
  const best = Math.min(...intervals.map((ms) => costOf(fixed(ms), all, lambda)));
  expect(guided).toBeLessThan(best * 0.98);
});

test('it waits for the first tasks to end, then asks the more often the more are due, and a minute apart at last', () => {
  const policy = quantileGuided(quantiles, 0.5);
  const wait = (elapsedMs: number) => policy.delayMs(1, { elapsedMs });
  expect(wait(0)).toBeGreaterThan(20_000);
  expect(wait(60_000)).toBeLessThan(20_000);
  expect(wait(30_000)).toBeGreaterThan(wait(60_000));
  expect(wait(10_000_000)).toBe(60_000);
});

test('a second that is worth more polls gets more of them', () => {
  const all = durations(500, 'more tasks');
  const polls = [0.01, 0.1, 1, 10].map((lambda) => costOf(quantileGuided(quantiles, lambda), all, 0));
  expect([...polls].sort((one, other) => one - other)).toEqual(polls);
  expect(polls[0]).toBeLessThan(3);
});

test('tasks that always take as long are asked for once, just after', () => {
  const policy = quantileGuided({ p50Ms: 10_000, p99Ms: 10_000 }, 10);
  expect(Math.abs(policy.delayMs(1, { elapsedMs: 0 }) - 10_000)).toBeLessThan(50);
});

test('quantiles are learned from what was watched', () => {
  const { p50Ms, p99Ms } = learnQuantiles(durations(20_000, 'watched'));
  expect(Math.abs(p50Ms / 60_000 - 1)).toBeLessThan(0.03);
  expect(Math.abs(p99Ms / 180_000 - 1)).toBeLessThan(0.06);
  expect(() => learnQuantiles([1, 2, 3])).toThrow(UsageError);
});
