import type { Arrivals, ArrivalsKind } from './arrivals.js';
import { checkRate, noParameters } from './rate.js';

/** In equal steps, the first at once. */
export function constantArrivals(ratePerSecond: number): Arrivals {
  const gapMs = 1000 / checkRate(ratePerSecond);
  return {
    kind: 'constant',
    name: 'constant',
    ratePerSecond,
    *offsets() {
      // Multiplied, not summed up: a sum of many steps would drift from the rate.
      for (let index = 0; ; index += 1) yield index * gapMs;
    },
  };
}

export const constantKind: ArrivalsKind = {
  id: 'constant',
  example: '',
  says: 'in equal steps at --rate',
  read(parameters, ratePerSecond) {
    noParameters('constant', parameters);
    return constantArrivals(ratePerSecond);
  },
};
