import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { advisedPolicy, retryAfterMs } from '../../src/core/polling.js';
import { parsePolicy } from '../../src/load/policies.js';

test.each([
  ['fixed:250ms', 'fixed:250ms', [250, 250, 250, 250]],
  ['fixed:2', 'fixed:2ms', [2, 2, 2, 2]],
  ['exponential:1s,1.5,45s', 'exponential:1000ms,1.5,45000ms', [1000, 1500, 2250, 3375]],
  ['exponential: 1s, 10, 5s', 'exponential:1000ms,10,5000ms', [1000, 5000, 5000, 5000]],
])('%s', (text, name, delays) => {
  const policy = parsePolicy(text);
  expect(policy.name).toBe(name);
  expect([1, 2, 3, 4].map((poll) => policy.delayMs(poll))).toEqual(delays);
});

test.each([
  '',
  'fixed',
  'fixed:',
  'fixed:soon',
  'fixed:0ms',
  'fixed:1s,2s',
  'fixed:1s:2s',
  'toString:1s',
  'linear:1s',
  'exponential:1s',
  'exponential:1s,x,5s',
  'exponential:1s,0.5,5s',
  'exponential:5s,2,1s',
])('%j is no policy', (text) => {
  expect(() => parsePolicy(text)).toThrow(UsageError);
});

test('an unknown policy is told with every form there is', () => {
  expect(() => parsePolicy('linear:1s')).toThrow(/"linear:1s".*fixed:250ms.*exponential:1s,1\.5,45s/);
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
