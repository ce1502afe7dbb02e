/** Share of the calls that never arrive, 0 to 1; or several, each from its moment on, in milliseconds from the start. */
export type LostCalls = number | readonly { readonly fromMs: number; readonly share: number }[];

/** The share that holds so long after the start of the run. */
export function lostShareAt(lost: LostCalls, sinceStartMs: number): number {
  if (typeof lost === 'number') return lost;
  let share = 0;
  for (const from of lost) if (sinceStartMs >= from.fromMs) share = from.share;
  return share;
}
