import type { SubmitOperation } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { getAt } from '../core/pointer.js';

/** What a run can do to its target at most; told before the first request. */
export interface LoadCeiling {
  readonly target: string;
  /** Infinite where nobody set it, which only this machine allows. */
  readonly tasks: number;
  readonly ratePerSecond: number;
  /** Infinite where nobody set it. */
  readonly durationMs: number;
  /** What that many tasks cost at most by the contract; absent where it has no price, or one that cannot be known before. */
  readonly cost?: { readonly amount: number; readonly unit: string };
}

/** The most that one such task costs, in the vendor's unit. */
function dearest({ task }: SubmitOperation, body: unknown): number | undefined {
  const { price, request } = task;
  if (price === undefined || price.per === 'token') return undefined;
  const rows = Object.values(price.table ?? {});
  const quality = request.quality === undefined ? undefined : getAt(body, request.quality);
  // The size in the body may be a word of the vendor's, so that every row of the table is possible.
  const cells = rows.flatMap((row) =>
    typeof quality === 'string' && row[quality] !== undefined ? [row[quality] ?? 0] : Object.values(row),
  );
  const each = cells.length > 0 ? Math.max(...cells) : price.amount;
  if (each === undefined || price.per === 'request') return each;
  const count = request.count === undefined ? 1 : Number(getAt(body, request.count) ?? 1);
  return Number.isFinite(count) ? each * count : undefined;
}

/**
 * The ceiling of a run whose tasks are submitted with that body. Throws a `UsageError` for a target that is not this
 * machine when the tasks or the time are unbounded: there each of them costs money.
 */
export function loadCeiling(
  submit: SubmitOperation,
  body: unknown,
  bounds: Pick<LoadCeiling, 'target' | 'tasks' | 'ratePerSecond' | 'durationMs'>,
): LoadCeiling {
  const { target, tasks, durationMs } = bounds;
  const missing = [
    ...(Number.isFinite(tasks) ? [] : ['a number of tasks (--max-tasks)']),
    ...(Number.isFinite(durationMs) ? [] : ['a time (--duration)']),
  ];
  if (missing.length > 0 && !isLoopback(target))
    throw new UsageError(
      `${new URL(target).host} is not this machine, so the load on it needs a ceiling: give ${missing.join(' and ')}`,
    );
  const each = dearest(submit, body);
  const unit = submit.task.price?.unit ?? '';
  // Sums of small decimal prices are rounded to a millionth, so that they read as they were meant.
  const cost = each === undefined || !Number.isFinite(tasks) ? undefined : Math.round(each * tasks * 1e6) / 1e6;
  return cost === undefined ? bounds : { ...bounds, cost: { amount: cost, unit } };
}
