/** Round steps of an axis from nothing to at least `most`: about four of them. */
export function axisTicks(most: number): number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  // Multiplied, not summed up: sums of small steps do not end on round figures.
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
}

/** Moves labels apart that would overlap, as little as it takes, and keeps their order and the bounds. */
export function spreadLabels(places: readonly number[], gap: number, least: number, most: number): number[] {
  const order = places.map((_, index) => index).sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0));
  const spread = [...places];
  let floor = least;
  for (const index of order) {
    spread[index] = Math.max(floor, places[index] ?? 0);
    floor = (spread[index] ?? 0) + gap;
  }
  let ceiling = most;
  for (const index of order.reverse()) {
    spread[index] = Math.min(ceiling, spread[index] ?? 0);
    ceiling = (spread[index] ?? 0) - gap;
  }
  return spread;
}

/** A duration on an axis, with as few digits as it takes: `200 ms`, `1 s`, `50 s`. */
function tickLabel(ms: number): string {
  if (ms < 1000) return `${Number(ms.toPrecision(3))} ms`;
  return `${Number((ms / 1000).toPrecision(3))} s`;
}

const MOST_DURATION_TICKS = 7;

/** Ticks of an axis on which equal steps are equal factors, around both bounds: 1, 2 and 5 of each power, or powers alone. */
export function durationTicks(leastMs: number, mostMs: number): { readonly ms: number; readonly label: string }[] {
  const from = Math.floor(Math.log10(leastMs) + 1e-9);
  const to = Math.ceil(Math.log10(mostMs) - 1e-9);
  const powers = Array.from({ length: Math.max(1, to - from) + 1 }, (_, index) => 10 ** (from + index));
  const fine = powers.flatMap((power) => [1, 2, 5].map((factor) => factor * power));
  const first = fine.findLastIndex((ms) => ms <= leastMs * (1 + 1e-9));
  const last = fine.findIndex((ms) => ms >= mostMs * (1 - 1e-9));
  const near = fine.slice(first, Math.max(last, first + 1) + 1);
  const chosen = near.length <= MOST_DURATION_TICKS ? near : powers;
  return chosen.map((ms) => ({ ms, label: tickLabel(ms) }));
}
