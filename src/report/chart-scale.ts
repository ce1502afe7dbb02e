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
