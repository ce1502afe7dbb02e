import { UsageError } from '../core/errors.js';
import type { Chance } from '../core/lifecycle/distribution.js';
import { isLoopback } from '../core/loopback.js';
import { type Arrivals, arrivalOffsets } from './arrivals.js';

/** What a run can do to its target at most; told before the first request. */
export interface LoadCeiling {
  readonly target: string;
  /** Infinite where nobody set it, which only this machine allows. */
  readonly tasks: number;
  /** Starts a second; undefined where nobody set it and the arrivals have no rate of their own. */
  readonly ratePerSecond: number | undefined;
  /** Infinite where nobody set it. */
  readonly durationMs: number;
  /** What that many tasks cost by the contract; absent where it has no price rule, or the tasks no end. */
  readonly cost?: { readonly amount: number; readonly unit: string };
}

export interface CeilingFacts extends Omit<LoadCeiling, 'cost'> {
  readonly pricePerTask: number | undefined;
  readonly unit: string;
}

/** Throws a `UsageError` that names the bounds which a target that is not this machine lacks: there each task costs money. */
export function demandCeiling({ target, tasks, ratePerSecond, durationMs }: Omit<LoadCeiling, 'cost'>): void {
  const missing = [
    ...(ratePerSecond === undefined ? ['a rate (--rate)'] : []),
    ...(Number.isFinite(tasks) ? [] : ['a number of tasks (--max-tasks)']),
    ...(Number.isFinite(durationMs) ? [] : ['a time (--duration)']),
  ];
  if (missing.length > 0 && !isLoopback(target))
    throw new UsageError(
      `${new URL(target).host} is not this machine, so the load on it needs a ceiling: give ${missing.join(' and ')}`,
    );
}

/** The ceiling of a run. Throws a `UsageError` for a target that is not this machine where a bound is missing. */
export function loadCeiling({ pricePerTask, unit, ...bounds }: CeilingFacts): LoadCeiling {
  demandCeiling(bounds);
  if (pricePerTask === undefined || !Number.isFinite(bounds.tasks)) return bounds;
  // Sums of small decimal prices are rounded to a millionth, so that they read as they were meant.
  return { ...bounds, cost: { amount: Math.round(pricePerTask * bounds.tasks * 1e6) / 1e6, unit } };
}

/** Moments that lie a second apart must not count as one second because of a rounding. */
const SECOND_MS = 1000 - 1e-6;

/** The most starts in any one second of a run that is bounded by tasks or time, or whose arrivals end. */
function mostInASecond(arrivals: Arrivals, chance: Chance, maxTasks: number, durationMs: number): number {
  const offsets = arrivalOffsets(arrivals, chance);
  const moments: number[] = [];
  let first = 0;
  let most = 0;
  for (let task = 0; task < maxTasks; task += 1) {
    const { value, done } = offsets.next();
    const at = Number(value);
    if (done === true || at >= durationMs) break;
    moments.push(at);
    while (at - (moments[first] as number) >= SECOND_MS) first += 1;
    most = Math.max(most, moments.length - first);
  }
  return most;
}

/**
 * Arrivals that state their starts themselves (a ramp, bursts, a trace) must keep to a rate that is given beside them.
 * Throws a `UsageError` where they would start more in any one second.
 */
export function checkPeak(
  arrivals: Arrivals,
  mostPerSecond: number,
  chance: Chance,
  { maxTasks, durationMs }: { readonly maxTasks: number; readonly durationMs: number },
): void {
  if (arrivals.ratePerSecond !== undefined) return;
  const most = mostInASecond(arrivals, chance, maxTasks, durationMs);
  if (most > mostPerSecond)
    throw new UsageError(
      `The arrivals ${arrivals.name} start ${most} tasks in one second, more than the rate of ${mostPerSecond} allows: ` +
        'give gentler arrivals or a higher --rate',
    );
}
