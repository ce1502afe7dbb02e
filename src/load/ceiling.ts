import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';

/** What a run can do to its target at most; told before the first request. */
export interface LoadCeiling {
  readonly target: string;
  /** Infinite where nobody set it, which only this machine allows. */
  readonly tasks: number;
  /** Undefined where the arrivals have none of their own. */
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

/**
 * The ceiling of a run. Throws a `UsageError` for a target that is not this machine when the tasks or the time are
 * unbounded: there each task costs money.
 */
export function loadCeiling({ pricePerTask, unit, ...bounds }: CeilingFacts): LoadCeiling {
  const { target, tasks, durationMs } = bounds;
  const missing = [
    ...(Number.isFinite(tasks) ? [] : ['a number of tasks (--max-tasks)']),
    ...(Number.isFinite(durationMs) ? [] : ['a time (--duration)']),
  ];
  if (missing.length > 0 && !isLoopback(target))
    throw new UsageError(
      `${new URL(target).host} is not this machine, so the load on it needs a ceiling: give ${missing.join(' and ')}`,
    );
  if (pricePerTask === undefined || !Number.isFinite(tasks)) return bounds;
  // Sums of small decimal prices are rounded to a millionth, so that they read as they were meant.
  return { ...bounds, cost: { amount: Math.round(pricePerTask * tasks * 1e6) / 1e6, unit } };
}
