/** How many of the generated cases are sent: all, each constraint once, or so many at most of each probe. */
export type Thoroughness = 'all' | 'sample' | number;

/** A case that says whether it only adds to another one. */
export interface Ranked {
  /** Set where another case of the same list proves the same constraint already. */
  readonly more?: true;
}

/** The cases to send, in their order; those that stand for a constraint go before those that add to them. */
export function chosen<T extends Ranked>(cases: readonly T[], thoroughness: Thoroughness): readonly T[] {
  if (thoroughness === 'all') return cases;
  const first = cases.filter(({ more }) => more !== true);
  if (thoroughness === 'sample') return first;
  const kept = new Set([...first, ...cases.filter(({ more }) => more === true)].slice(0, thoroughness));
  return cases.filter((one) => kept.has(one));
}
