import { parseDuration } from '../src/core/duration.js';
import type { Distribution } from '../src/core/lifecycle/distribution.js';
import type { FaultArgument } from './fault.js';

/** Whether a text is a number from above 0 to 1. */
function isShare(text: string): boolean {
  return /^(0?\.\d+|0\.\d+|1(\.0+)?)$/.test(text) && Number(text) > 0;
}

function isDuration(text: string): boolean {
  return /^\d+(\.\d+)?(ms|s|m|h)?$/.test(text);
}

/** Of how many requests: `0.2`. */
export function shareArgument(usual: number): FaultArgument {
  return {
    syntax: 'SHARE',
    says: `The share of requests that it meets, above 0 and at most 1; ${usual} without.`,
    example: '0.5',
    problem: (text) => (isShare(text) ? undefined : 'is no share: write a number above 0 and at most 1'),
  };
}

export function durationArgument(says: string, example: string): FaultArgument {
  return {
    syntax: 'DURATION',
    says,
    example,
    problem: (text) => (isDuration(text) ? undefined : 'is no duration: write for example 250ms, 5s or 1m'),
  };
}

/** `2s`, `1s-5s` (anything between, equally often), `p50:1s/p99:20s` (log-normal). Undefined for anything else. */
export function readDistribution(text: string): Distribution | undefined {
  if (isDuration(text)) return { kind: 'fixed', ms: parseDuration(text) };
  const [least, most] = text.split('-');
  if (least !== undefined && most !== undefined && isDuration(least) && isDuration(most)) {
    const [minMs, maxMs] = [parseDuration(least), parseDuration(most)];
    return minMs <= maxMs ? { kind: 'uniform', minMs, maxMs } : undefined;
  }
  const [, p50, p99] = /^p50:([^/]+)\/p99:(.+)$/.exec(text) ?? [];
  if (p50 === undefined || p99 === undefined || !isDuration(p50) || !isDuration(p99)) return undefined;
  const [p50Ms, p99Ms] = [parseDuration(p50), parseDuration(p99)];
  return p50Ms > 0 && p50Ms < p99Ms ? { kind: 'lognormal', p50Ms, p99Ms } : undefined;
}

/** One of a few words. */
export function wordArgument(words: readonly string[], says: string, example: string): FaultArgument {
  return {
    syntax: words.join('|'),
    says,
    example,
    problem: (text) => (words.includes(text) ? undefined : `is none of ${words.join(', ')}`),
  };
}

export function pointerArgument(says: string, example: string): FaultArgument {
  return {
    syntax: 'POINTER',
    says,
    example,
    problem: (text) => (/^(\/[^/]+)+$/.test(text) ? undefined : 'is no JSON pointer: write for example /size'),
  };
}
