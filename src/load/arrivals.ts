import { UsageError } from '../core/errors.js';
import type { Rng } from '../platform/random.js';

/** How starts of tasks are spread over time; they never wait for answers (open arrivals). */
export const arrivalKinds = ['constant', 'poisson'] as const;
export type ArrivalKind = (typeof arrivalKinds)[number];

/** Throws a `UsageError` for another word. */
export function parseArrivals(text: string): ArrivalKind {
  const kind = arrivalKinds.find((one) => one === text);
  if (kind === undefined)
    throw new UsageError(`Arrivals ${JSON.stringify(text)} are unknown: choose ${arrivalKinds.join(' or ')}`);
  return kind;
}

/**
 * Milliseconds from the start of the run to each start of a task, without end. `constant` starts at 0 in equal steps;
 * `poisson` draws exponential gaps, so that the number of starts in any second is Poisson distributed.
 */
export function* arrivalOffsets(kind: ArrivalKind, ratePerSecond: number, rng: Rng): Generator<number, never> {
  if (!(ratePerSecond > 0 && Number.isFinite(ratePerSecond)))
    throw new UsageError(`The rate must be a positive number of tasks per second, is ${ratePerSecond}`);
  const gapMs = 1000 / ratePerSecond;
  let offset = 0;
  for (let index = 0; ; index += 1) {
    // Multiplied, not summed up: a sum of many steps would drift from the rate.
    if (kind === 'constant') yield index * gapMs;
    else {
      offset += -Math.log(1 - rng.next()) * gapMs;
      yield offset;
    }
  }
}
