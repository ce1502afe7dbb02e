import { UsageError } from '../../core/errors.js';

const MOST_PHASES = 240;

/**
 * Arrivals as phases of whole seconds with a number of starts each, so that any kind can be written down. Starts within
 * a phase are even. Throws a `UsageError` for a run without an end.
 */
export function arrivalPhases(
  offsets: Iterator<number, unknown>,
  maxTasks: number,
  durationMs: number,
): readonly ({ readonly duration: number; readonly arrivalCount: number } | { readonly pause: number })[] {
  if (!Number.isFinite(maxTasks) && !Number.isFinite(durationMs))
    throw new UsageError('An export needs a number of tasks or a duration');
  const starts: number[] = [];
  for (let task = 0; task < maxTasks; task += 1) {
    const { value, done } = offsets.next();
    if (done || Number(value) >= durationMs) break;
    starts.push(Number(value));
  }
  const lastMs = starts.at(-1) ?? 0;
  const seconds = Math.max(1, Math.ceil((lastMs + 1) / 1000 / MOST_PHASES));
  const counts: number[] = Array.from({ length: Math.floor(lastMs / 1000 / seconds) + 1 }, () => 0);
  for (const at of starts) {
    const phase = Math.floor(at / 1000 / seconds);
    counts[phase] = (counts[phase] ?? 0) + 1;
  }
  const phases: { count: number; slices: number }[] = [];
  for (const count of counts) {
    const last = phases.at(-1);
    if (last !== undefined && last.count === count) last.slices += 1;
    else phases.push({ count, slices: 1 });
  }
  return phases.map(({ count, slices }) =>
    count === 0 ? { pause: slices * seconds } : { duration: slices * seconds, arrivalCount: count * slices },
  );
}
