import { parseDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import type { Arrivals, ArrivalsKind } from './arrivals.js';

const example = ':100,1m';

/** So many tasks at one moment; once, or again and again. */
export function burstArrivals(tasks: number, everyMs?: number): Arrivals {
  return {
    kind: 'burst',
    name: everyMs === undefined ? `burst:${tasks}` : `burst:${tasks},${everyMs}ms`,
    ...(everyMs === undefined ? { finite: true } : {}),
    *offsets() {
      for (let burst = 0; burst === 0 || everyMs !== undefined; burst += 1)
        for (let index = 0; index < tasks; index += 1) yield burst * (everyMs ?? 0);
    },
  };
}

export const burstKind: ArrivalsKind = {
  id: 'burst',
  example,
  says: 'so many at once, and again after each such duration if one is given',
  read(parameters) {
    const parts = (parameters ?? '').split(',').map((part) => part.trim());
    const [count = '', every] = parts;
    if (parts.length > 2 || !/^\d+$/.test(count) || Number(count) < 1 || Number(count) > 1e7)
      throw new UsageError(
        `The arrivals burst need a whole number of tasks, at least 1, and perhaps a duration: write for example burst${example}`,
      );
    if (every === undefined) return burstArrivals(Number(count));
    const everyMs = parseDuration(every, 'The time between two bursts');
    if (!(everyMs > 0))
      throw new UsageError(`The time between two bursts must be positive, is ${JSON.stringify(every)}`);
    return burstArrivals(Number(count), everyMs);
  },
};
