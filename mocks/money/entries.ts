import type { StoredTask } from '../store.js';

/** One movement on an account, in the vendor's own unit; negative amounts leave it. */
export interface Entry {
  /** Unix milliseconds. */
  readonly at: number;
  readonly taskId: string;
  /** Held back at submit, kept on success, or given back on failure. */
  readonly kind: 'reserve' | 'settle' | 'release';
  readonly amount: number;
}

/**
 * The movements of an account up to a moment, worked out from its tasks. Their sum is what left the account: a task that
 * ran holds its price back, one that succeeded keeps it, one that failed gives it back.
 */
export function entriesOf(tasks: Iterable<StoredTask>, accountKey: string, now: number): Entry[] {
  const entries: Entry[] = [];
  for (const { id, account, plan } of tasks) {
    // Nothing moves for a task whose account was short.
    if (account.key !== accountKey || plan.createdAt > now || plan.unpaid === true) continue;
    entries.push({ at: plan.createdAt, taskId: id, kind: 'reserve', amount: -plan.price });
    if (plan.endedAt > now) continue;
    const failed = plan.outcome === 'failed';
    entries.push({
      at: plan.endedAt,
      taskId: id,
      kind: failed ? 'release' : 'settle',
      // What was held back is kept: settling moves nothing more.
      amount: failed ? plan.price : 0,
    });
  }
  return entries.sort((one, other) => one.at - other.at);
}
