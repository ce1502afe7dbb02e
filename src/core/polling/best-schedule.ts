/** Durations as a distribution: what share of tasks is done after so many milliseconds, never falling, 0 to 1. */
export type DurationsBelow = (ms: number) => number;

/** At which moments to ask, by elapsed time: `next[i]` is the best moment after a look at `grid[i]` that saw nothing. */
export interface Schedule {
  /** Milliseconds since the submit, rising; the first is 0. */
  readonly grid: Float64Array;
  readonly next: Float64Array;
}

/**
 * The schedule that makes polls + lambda x seconds of delay least on average, for durations that are known. Found
 * backwards over the moments of the grid: after a look at i that saw nothing the best next look j has the least
 *
 *   1 + lambda x (mean delay of the tasks that end between i and j) + P(not done at j | not done at i) x cost after j
 *
 * After the last moment of the grid, which all but a few in ten thousand tasks reach, one more poll is counted.
 */
export function bestSchedule(moments: readonly number[], below: DurationsBelow, lambda: number): Schedule {
  const grid = Float64Array.from([0, ...moments.filter((ms) => ms > 0)]);
  const count = grid.length;
  const done = grid.map((ms) => below(ms));
  // The mean delay of what ends in (a, b] and is seen at b is the area between the distribution and its value at a.
  const area = new Float64Array(count);
  for (let index = 1; index < count; index += 1)
    area[index] =
      at(area, index - 1) + ((at(done, index) + at(done, index - 1)) / 2) * (at(grid, index) - at(grid, index - 1));
  const cost = new Float64Array(count);
  const next = new Float64Array(count);
  cost[count - 1] = 1;
  next[count - 1] = at(grid, count - 1);
  for (let from = count - 2; from >= 0; from -= 1) {
    const open = 1 - at(done, from);
    let best = Number.POSITIVE_INFINITY;
    for (let to = from + 1; to < count; to += 1) {
      const delayMs = at(area, to) - at(area, from) - at(done, from) * (at(grid, to) - at(grid, from));
      const left = 1 - at(done, to);
      const total = open <= 0 ? 1 : 1 + ((lambda / 1000) * delayMs + left * at(cost, to)) / open;
      if (total >= best) continue;
      best = total;
      next[from] = at(grid, to);
    }
    cost[from] = best;
  }
  return { grid, next };
}

function at(list: Float64Array, index: number): number {
  return list[index] as number;
}
