import { parseDuration } from '../duration.js';
import { UsageError } from '../errors.js';
import { nearMatches } from '../near-matches.js';
import { bestSchedule, type Schedule } from './best-schedule.js';
import type { PollingPolicy } from './policy.js';
import type { PolicyKind } from './policy-kind.js';

export interface Quantiles {
  /** Half of the tasks take at most so many milliseconds from submit to end. */
  readonly p50Ms: number;
  /** 99 in 100 tasks do. */
  readonly p99Ms: number;
}

/** What a second of delay is worth, in polls. */
const USUAL_LAMBDA = 1;

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.3263478740408408;

const STEPS = 400;
/** From one in two thousand to all but one in ten thousand, in standard deviations. */
const [LEAST_Z, MOST_Z] = [-3.29, 3.72];

/** Beyond the schedule the wait is a tenth of what has passed, so a late end is seen a tenth late; a minute at most. */
const TAIL_SHARE = 0.1;
const LONGEST_MS = 60_000;

/** The standard normal distribution function, to seven digits (Abramowitz and Stegun 26.2.17). */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce(
    (sum, factor) => (sum + factor) * t,
    0,
  );
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z > 0 ? 1 - tail : tail;
}

function scheduleFor({ p50Ms, p99Ms }: Quantiles, lambda: number): Schedule {
  // Equal quantiles are a task that always takes as long: a distribution that is just not a step.
  const sigma = Math.max(1e-4, Math.log(p99Ms / p50Ms) / z99);
  const moments = Array.from(
    { length: STEPS },
    (_, index) => p50Ms * Math.exp(sigma * (LEAST_Z + ((MOST_Z - LEAST_Z) * index) / (STEPS - 1))),
  );
  return bestSchedule(moments, (ms) => (ms <= 0 ? 0 : normalBelow(Math.log(ms / p50Ms) / sigma)), lambda);
}

/**
 * Asks at the moments that make polls + lambda x seconds of delay least, for durations that are log-normal through two
 * quantiles: nothing while hardly any task is done, then the more often the likelier an end is.
 */
export function quantileGuided(quantiles: Quantiles, lambda = USUAL_LAMBDA): PollingPolicy {
  const { grid, next } = scheduleFor(quantiles, lambda);
  const last = grid[grid.length - 1] as number;
  return {
    name: `quantile:p50=${quantiles.p50Ms}ms,p99=${quantiles.p99Ms}ms,lambda=${lambda}`,
    delayMs(_, { elapsedMs = 0 } = {}) {
      if (elapsedMs >= last) return Math.min(LONGEST_MS, Math.max(1, elapsedMs * TAIL_SHARE));
      let low = 0;
      let high = grid.length - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((grid[middle] as number) <= elapsedMs) low = middle;
        else high = middle;
      }
      // Between two moments of the grid the plan of the earlier one holds, unless it is over.
      const due = (next[low] as number) > elapsedMs ? (next[low] as number) : (next[high] as number);
      return Math.max(1, due - elapsedMs);
    },
  };
}

/** Quantiles of durations that were watched, in milliseconds. Throws a `UsageError` for fewer than ten. */
export function learnQuantiles(durationsMs: readonly number[]): Quantiles {
  if (durationsMs.length < 10)
    throw new UsageError(`Ten durations are needed to learn from, there are ${durationsMs.length}`);
  const sorted = [...durationsMs].sort((one, other) => one - other);
  const quantile = (share: number) => Math.max(1, Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 1));
  return { p50Ms: quantile(0.5), p99Ms: Math.max(quantile(0.99), quantile(0.5)) };
}

const names = ['p50', 'p99', 'lambda'];
const example = 'p50=60s,p99=180s,lambda=0.1';

export const quantileGuidedKind: PolicyKind = {
  id: 'quantile',
  example,
  says: 'when tasks of this median and 99th percentile are likely done; lambda polls are worth a second less delay',
  params: [],
  build: () => quantileGuided({ p50Ms: 60_000, p99Ms: 180_000 }),
  read(parameters) {
    const given = new Map<string, string>();
    for (const part of (parameters ?? '').split(',').filter((text) => text.trim() !== '')) {
      const [name = '', value = ''] = part.split('=').map((text) => text.trim());
      const [near] = nearMatches(name, names);
      if (!names.includes(name))
        throw new UsageError(
          `The policy quantile knows no ${JSON.stringify(name)}${near === undefined ? '' : `: did you mean ${near}?`} ` +
            `Write for example quantile:${example}`,
        );
      if (given.has(name)) throw new UsageError(`The policy quantile is given ${name} twice`);
      given.set(name, value);
    }
    const [p50Ms, p99Ms] = ['p50', 'p99'].map((name) => {
      const text = given.get(name);
      if (text === undefined)
        throw new UsageError(`The policy quantile needs ${name}: write for example quantile:${example}`);
      const ms = parseDuration(text, `The ${name} of the policy quantile`);
      if (ms >= 1) return ms;
      throw new UsageError(`The ${name} of the policy quantile must be at least 1ms, is ${JSON.stringify(text)}`);
    }) as [number, number];
    if (p99Ms < p50Ms)
      throw new UsageError(
        `In the policy quantile p99 (${given.get('p99')}) must not be shorter than p50 (${given.get('p50')})`,
      );
    const lambda = Number(given.get('lambda') ?? USUAL_LAMBDA);
    if (!(lambda > 0 && lambda <= 1000))
      throw new UsageError(
        `The lambda of the policy quantile is how many polls a second of delay is worth, above 0 and at most 1000, ` +
          `is ${JSON.stringify(given.get('lambda'))}`,
      );
    return quantileGuided({ p50Ms, p99Ms }, lambda);
  },
};
