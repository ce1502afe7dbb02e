import { UsageError } from '../../core/errors.js';
import type { PollingPolicy } from '../../core/polling.js';
import type { RunLoadOptions } from '../run-load-options.js';

/** More would share few connections, and more cores than that are no single machine's that a load is put from. */
export const MOST_WORKERS = 64;

/** Throws a `UsageError` that says why, for a run that several threads cannot share. */
export function checkWorkers({ workers, clock, transport }: RunLoadOptions, policy: PollingPolicy): void {
  if (workers === undefined) return;
  const { count } = workers;
  if (!Number.isInteger(count) || count < 2 || count > MOST_WORKERS)
    throw new UsageError(`A load is shared by 2 to ${MOST_WORKERS} workers, not by ${count}`);
  if (policy.callback === true)
    throw new UsageError(
      `The policy ${policy.name} waits to be called back, and calls come to one place in one thread: ` +
        'leave out --workers, or give a policy that only asks',
    );
  if (clock !== undefined || transport !== undefined)
    throw new UsageError('Workers have the clock and the connections of this machine: give them no others');
}
