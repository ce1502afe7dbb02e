import type { LoadSeries } from '../../core/load-report.js';

/** As many as a chart can show; a longer run gets longer slices. */
const SLICES = 240;
const SHORTEST_MS = 100;

export interface SeriesState {
  readonly sliceMs: number;
  /** Starts, ends, polls and answers 429 of each slice that is in use. */
  readonly counts: readonly Float64Array[];
}

/**
 * What went on over time, in at most 240 slices: when the run outgrows them, neighbours are merged two by two. The
 * slices begin with the first that is counted, or at a moment that several series share, so that `merge` fits them together.
 */
export function createSeries(alignedAt?: number) {
  const started = new Float64Array(SLICES);
  const ended = new Float64Array(SLICES);
  const polls = new Float64Array(SLICES);
  const throttled = new Float64Array(SLICES);
  const all = [started, ended, polls, throttled];
  let sliceMs = SHORTEST_MS;
  let base = alignedAt;
  let used = 0;

  const coarsen = () => {
    for (const counts of all) {
      for (let slice = 0; slice < SLICES; slice += 1)
        counts[slice] =
          slice * 2 < SLICES ? (counts[slice * 2] as number) + ((counts[slice * 2 + 1] as number | undefined) ?? 0) : 0;
    }
    sliceMs *= 2;
    used = Math.ceil(used / 2);
  };

  const sliceOf = (at: number) => {
    base ??= at;
    let slice = Math.floor((at - base) / sliceMs);
    while (slice >= SLICES) {
      coarsen();
      slice = Math.floor((at - base) / sliceMs);
    }
    if (slice >= used) used = slice + 1;
    return slice < 0 ? 0 : slice;
  };

  const bump = (counts: Float64Array, at: number) => {
    const slice = sliceOf(at);
    counts[slice] = (counts[slice] as number) + 1;
  };

  return {
    started: (at: number) => bump(started, at),
    ended: (at: number) => bump(ended, at),
    poll: (at: number) => bump(polls, at),
    throttled: (at: number) => bump(throttled, at),
    series(): LoadSeries {
      const of = (counts: Float64Array) => Array.from(counts.subarray(0, used));
      let open = 0;
      const inFlight = of(started).map((count, slice) => {
        open += count - (ended[slice] as number);
        return open;
      });
      return {
        sliceMs,
        started: of(started),
        ended: of(ended),
        inFlight,
        polls: of(polls),
        throttled: of(throttled),
      };
    },
    state: (): SeriesState => ({ sliceMs, counts: all.map((counts) => counts.slice(0, used)) }),
    merge(other: SeriesState) {
      while (sliceMs < other.sliceMs) coarsen();
      const finer = sliceMs / other.sliceMs;
      all.forEach((counts, kind) => {
        other.counts[kind]?.forEach((count, index) => {
          const slice = Math.floor(index / finer);
          counts[slice] = (counts[slice] as number) + count;
          if (slice >= used) used = slice + 1;
        });
      });
    },
  };
}
