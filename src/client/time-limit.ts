import { formatDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import type { Clock } from '../platform/clock.js';

/** Why work was given up by `within`. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** Timers of the platform cannot wait longer: about 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** A usable time limit in milliseconds; throws a `UsageError` for anything but a positive number. */
export function checkTimeout(timeoutMs: number): number {
  if (!(timeoutMs > 0)) throw new UsageError(`timeoutMs must be a positive number of milliseconds, is ${timeoutMs}`);
  return Math.min(timeoutMs, LONGEST_MS);
}

/**
 * Does the work, but for no longer than `ms` and no longer than the signal allows: then it rejects with a
 * `TimeLimitError` or the signal's reason, even if the work does not listen to the signal that it is given.
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const timer = new AbortController();
  const onAbort = () => limit.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const givenUp = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true });
  });
  clock.sleep(Math.min(ms, LONGEST_MS), timer.signal).then(
    () => limit.abort(new TimeLimitError(`no answer within ${formatDuration(ms)}`)),
    () => undefined,
  );
  try {
    return await Promise.race([work(limit.signal), givenUp]);
  } finally {
    timer.abort();
    signal?.removeEventListener('abort', onAbort);
  }
}
