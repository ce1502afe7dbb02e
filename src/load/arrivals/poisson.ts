import type { Arrivals, ArrivalsKind } from './arrivals.js';
import { checkRate, noParameters } from './rate.js';

/** With exponential gaps, so that the number of starts in any second is Poisson distributed: many users, apart. */
export function poissonArrivals(ratePerSecond: number): Arrivals {
  const gapMs = 1000 / checkRate(ratePerSecond);
  return {
    kind: 'poisson',
    name: 'poisson',
    ratePerSecond,
    *offsets(chance) {
      for (let offset = 0; ; ) {
        offset += -Math.log(1 - chance.next()) * gapMs;
        yield offset;
      }
    },
  };
}

export const poissonKind: ArrivalsKind = {
  id: 'poisson',
  example: '',
  says: 'by chance, as users who know nothing of each other, at --rate',
  read(parameters, ratePerSecond) {
    noParameters('poisson', parameters);
    return poissonArrivals(ratePerSecond);
  },
};
