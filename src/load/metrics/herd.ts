const BIN_MS = 100;

/** Bins that are looked at together, a quarter of an hour: answers, and with them samples, come out of order. */
const BINS = 8192;

/** Herd index: requests in the fullest 100 ms over the mean of all 100 ms, counted when they leave. */
export function createHerd() {
  const bins = new Uint32Array(BINS);
  let total = 0;
  let fullest = 0;
  let base: number | undefined;
  let first = Number.POSITIVE_INFINITY;
  let newest = 0;
  return {
    request(startedAt: number) {
      base ??= startedAt;
      const bin = Math.floor((startedAt - base) / BIN_MS);
      total += 1;
      if (bin < first) first = bin;
      if (bin > newest) {
        // The ring moves on: what it leaves behind was taken into account when it was counted.
        for (let next = Math.max(newest + 1, bin - BINS + 1); next <= bin; next += 1) bins[next % BINS] = 0;
        newest = bin;
      } else if (bin <= newest - BINS) return;
      const slot = ((bin % BINS) + BINS) % BINS;
      const filled = (bins[slot] as number) + 1;
      bins[slot] = filled;
      if (filled > fullest) fullest = filled;
    },
    index: () => (total === 0 ? 0 : fullest / (total / (newest - first + 1))),
    fullest: () => fullest,
  };
}
