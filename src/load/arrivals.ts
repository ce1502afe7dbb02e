import { UsageError } from '../core/errors.js';
import type { Chance } from '../core/lifecycle/distribution.js';
import { nearMatches } from '../core/near-matches.js';
import type { Arrivals, ArrivalsKind } from './arrivals/arrivals.js';
import { burstKind } from './arrivals/burst.js';
import { constantKind } from './arrivals/constant.js';
import { poissonKind } from './arrivals/poisson.js';
import { rampKind } from './arrivals/ramp.js';
import { traceKind } from './arrivals/trace.js';

export type { Arrivals } from './arrivals/arrivals.js';

/** Every kind that can be named; a new one is a file and a line here. */
const kinds: readonly ArrivalsKind[] = [constantKind, poissonKind, rampKind, burstKind, traceKind];

/** One text for each kind, as `parseArrivals` takes it. */
export const arrivalsExamples: readonly string[] = kinds.map(({ id, example }) => id + example);

/**
 * Arrivals from a text such as `poisson` or `ramp:1,20,5m`; those that need a rate and state none take the given one.
 * Rejects with a `UsageError` that shows how the nearest kind is written.
 */
export async function parseArrivals(text: string, ratePerSecond: number): Promise<Arrivals> {
  const trimmed = text.trim();
  const mark = trimmed.indexOf(':');
  const id = mark < 0 ? trimmed : trimmed.slice(0, mark);
  const kind = kinds.find((known) => known.id === id);
  if (kind !== undefined) return kind.read(mark < 0 ? undefined : trimmed.slice(mark + 1), ratePerSecond);
  const [meant] = nearMatches(
    id,
    kinds.map((known) => known.id),
  );
  const near = kinds.find((known) => known.id === meant);
  const hint = near === undefined ? '' : ` did you mean ${near.id}${near.example} (${near.says})?`;
  throw new UsageError(`Arrivals ${JSON.stringify(text)} are unknown:${hint} Known are ${arrivalsExamples.join(', ')}`);
}

/** Milliseconds from the start of the run to each start of a task. */
export function arrivalOffsets(arrivals: Arrivals, chance: Chance): Iterator<number, unknown> {
  return arrivals.offsets(chance);
}
