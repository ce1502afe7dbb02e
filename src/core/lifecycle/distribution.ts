/** Draws from [0, 1), whoever makes them. */
export interface Chance {
  next(): number;
}

/** How long something takes, in milliseconds, as a distribution to draw from. */
export type Distribution =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  /** Log-normal through two quantiles: half of all draws are below `p50Ms`, 99 in 100 below `p99Ms`. */
  | { readonly kind: 'lognormal'; readonly p50Ms: number; readonly p99Ms: number };

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.3263478740408408;

/** Beyond this many times the 99th percentile a draw is cut: a task of a mock or a simulation should end within a lifetime. */
const longestTail = 10;

function standardNormal(chance: Chance): number {
  // Box and Muller; the first draw is kept away from 0, whose logarithm is no number.
  const radius = Math.sqrt(-2 * Math.log(1 - chance.next()));
  return radius * Math.cos(2 * Math.PI * chance.next());
}

export function draw(distribution: Distribution, chance: Chance): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.ms;
    case 'uniform':
      return distribution.minMs + chance.next() * (distribution.maxMs - distribution.minMs);
    case 'lognormal': {
      const { p50Ms, p99Ms } = distribution;
      const sigma = Math.log(p99Ms / p50Ms) / z99;
      return Math.min(p99Ms * longestTail, p50Ms * Math.exp(sigma * standardNormal(chance)));
    }
  }
}

/** What a vendor would announce: the middle of the distribution. */
export function typicalMs(distribution: Distribution): number {
  if (distribution.kind === 'fixed') return distribution.ms;
  return distribution.kind === 'uniform' ? (distribution.minMs + distribution.maxMs) / 2 : distribution.p50Ms;
}
