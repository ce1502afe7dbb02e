const BIN_MS = 100;

/** Bins that are looked at together, a quarter of an hour: answers, and with them samples, come out of order. */
const BINS = 8192;

const slotOf = (bin: number) => ((bin % BINS) + BINS) % BINS;

/** Requests by 100 ms, without those in front that are empty; `from` counts from the moment all are aligned at. */
export interface HerdState {
  readonly from: number;
  readonly bins: Uint32Array;
}

/**
 * Herd index: requests in the fullest 100 ms over the mean of all 100 ms, counted when they leave. The 100 ms
 * begin with the first request, or at a moment that several share: `merge` fits those together, as long as what is
 * handed over is no older than a quarter of an hour.
 */
export function createHerd(alignedAt?: number) {
  const bins = new Uint32Array(BINS);
  let total = 0;
  let fullest = 0;
  let base = alignedAt;
  let first = Number.POSITIVE_INFINITY;
  let newest = 0;
  const count = (bin: number, requests: number) => {
    total += requests;
    if (bin < first) first = bin;
    if (bin > newest) {
      // The ring moves on: what it leaves behind was taken into account when it was counted.
      for (let next = Math.max(newest + 1, bin - BINS + 1); next <= bin; next += 1) bins[next % BINS] = 0;
      newest = bin;
    } else if (bin <= newest - BINS) return;
    const slot = slotOf(bin);
    const filled = (bins[slot] as number) + requests;
    bins[slot] = filled;
    if (filled > fullest) fullest = filled;
  };

  return {
    request(startedAt: number) {
      base ??= startedAt;
      count(Math.floor((startedAt - base) / BIN_MS), 1);
    },
    index: () => (total === 0 ? 0 : fullest / (total / (newest - first + 1))),
    fullest: () => fullest,
    state(): HerdState {
      if (total === 0) return { from: 0, bins: new Uint32Array() };
      const from = Math.max(first, newest - BINS + 1);
      const counts = Uint32Array.from(
        { length: newest - from + 1 },
        (_, index) => bins[slotOf(from + index)] as number,
      );
      return { from, bins: counts };
    },
    merge(other: HerdState) {
      other.bins.forEach((requests, index) => {
        if (requests > 0) count(other.from + index, requests);
      });
    },
  };
}
