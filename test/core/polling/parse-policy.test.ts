import { expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.js';
import { parsePolicy, policyExamples } from '../../../src/core/polling.js';

test.each([
  ['fixed:250ms', 'fixed:250ms', [250, 250, 250, 250]],
  ['fixed:2', 'fixed:2ms', [2, 2, 2, 2]],
  ['exponential:1s,1.5,45s', 'exponential:1000ms,1.5,45000ms', [1000, 1500, 2250, 3375]],
  ['exponential: 1s, 10, 5s', 'exponential:1000ms,10,5000ms', [1000, 5000, 5000, 5000]],
  ['full-jitter:1s,2,5s', 'full-jitter:1000ms,2,5000ms', [500, 1000, 2000, 2500]],
  ['equal-jitter:1s,2,5s', 'equal-jitter:1000ms,2,5000ms', [750, 1500, 3000, 3750]],
  ['decorrelated-jitter:1s,30s', 'decorrelated-jitter:1000ms,30000ms', [2000, 2000, 2000, 2000]],
  ['eta:500ms', 'eta:500ms', [500, 500, 500, 500]],
  ['server-guided', 'server-guided', [5000, 5000, 5000, 5000]],
  ['server-guided:7s', 'server-guided:7000ms', [7000, 7000, 7000, 7000]],
  ['webhook:60s', 'webhook:60000ms', [60_000, 60_000, 60_000, 60_000]],
])('%s', (text, name, delays) => {
  const policy = parsePolicy(text);
  expect(policy.name).toBe(name);
  // Without chance and without history every policy waits its middle.
  expect([1, 2, 3, 4].map((poll) => policy.delayMs(poll))).toEqual(delays);
});

test('the name of a policy means the same policy', () => {
  for (const example of policyExamples) {
    const policy = parsePolicy(example);
    const again = parsePolicy(policy.name);
    expect(again.name).toBe(policy.name);
    const facts = { chance: 0.3, previousMs: 700, elapsedMs: 100, etaMs: 9000 };
    for (const poll of [1, 2, 5]) expect(again.delayMs(poll, facts)).toBe(policy.delayMs(poll, facts));
  }
});

test.each([
  ['', /known are fixed:250ms, exponential:1s,1\.5,45s/i],
  ['fixed', /"fixed" needs the interval: write for example fixed:250ms \(the same wait before each poll\)/],
  ['fixed:', /The interval of the policy fixed "" is not a duration/],
  ['fixed:soon', /"soon" is not a duration/],
  ['fixed:0ms', /The interval of the policy fixed must be at least 1ms, is "0ms"/],
  ['fixed:1s,2s', /needs the interval/],
  ['fixed:1s:2s', /"1s:2s" is not a duration/],
  ['toString:1s', /is unknown/],
  ['exponential:1s', /needs the first wait, the factor, the longest wait: write for example exponential:1s,1\.5,45s/],
  ['exponential:1s,x,5s', /The factor of the policy exponential must be a number from 1 to 100, is "x"/],
  ['equal-jitter:1s,0.5,5s', /from 1 to 100, is "0\.5"/],
  ['full-jitter:5s,2,1s', /the longest wait \(1s\) must not be shorter than the first wait \(5s\)/],
  ['decorrelated-jitter:5s,1s', /the longest wait \(1s\) must not be shorter than the shortest wait \(5s\)/],
  ['server-guided:0', /must be at least 1ms/],
  ['webhook', /"webhook" needs the interval of the safety poll: write for example webhook:60s/],
  ['quantile', /needs p50: write for example quantile:p50=60s,p99=180s,lambda=0\.1/],
  ['quantile:p50=1s', /needs p99/],
  ['quantile:p50=2s,p99=1s', /p99 \(1s\) must not be shorter than p50 \(2s\)/],
  ['quantile:p50=1s,p90=2s', /knows no "p90": did you mean p50\?/],
  ['quantile:p50=1s,p50=1s,p99=2s', /p50 twice/],
  ['quantile:p50=1s,p99=2s,lambda=0', /polls a second of delay is worth/],
  ['quantile:p50=soon,p99=2s', /The p50 of the policy quantile "soon" is not a duration/],
])('%j is no policy', (text, message) => {
  const parse = () => parsePolicy(text);
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});

test.each([
  ['fix:1s', 'fixed:250ms'],
  ['exponentail:1s,2,3s', 'exponential:1s,1.5,45s'],
  ['exp:1s,2,3s', 'exponential:1s,1.5,45s'],
  ['jitter:1s,2,3s', 'full-jitter:1s,2,30s'],
  ['equaljitter:1s,2,3s', 'equal-jitter:1s,2,30s'],
  ['Decorrelated-Jitter:1s,3s', 'decorrelated-jitter:1s,30s'],
  ['ETA:1s', 'eta:500ms'],
  ['web-hook:1s', 'webhook:60s'],
  ['quantiles:p50=1s', 'quantile:p50=60s,p99=180s,lambda=0.1'],
])('who writes %s is asked whether %s was meant', (text, meant) => {
  expect(() => parsePolicy(text)).toThrow(`did you mean ${meant} (`);
});
