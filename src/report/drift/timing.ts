import type { CheckReport } from '../../core/check-report.js';
import type { Drift } from '../../core/drift-report.js';
import { formatDuration } from '../../core/duration.js';

/** With fewer samples a percentile says nothing. */
const fewestSamples = 5;
/** Below this a factor is only the noise of the machine. */
const leastMs = 50;

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Milliseconds by what took them, from shortest to longest. */
function timesOf({ journeys = [], exchanges }: CheckReport): ReadonlyMap<string, number[]> {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const times = new Map<string, number[]>();
  const add = (what: string, ms: number) => void times.set(what, [...(times.get(what) ?? []), Math.max(0, ms)]);
  for (const { operation, submit, polls, phases, end } of journeys) {
    const sent = byId.get(submit);
    const last = phases.at(-1);
    if (sent?.answer === undefined) continue;
    add(`${operation}: the answer to a submit`, sent.finishedAt - sent.startedAt);
    if (end === 'terminal' && last !== undefined && polls.length > 0)
      add(`${operation}: a task from submit to end`, last.at - sent.startedAt);
    for (const id of polls) {
      const poll = byId.get(id);
      if (poll?.answer !== undefined) add(`${operation}: the answer to a poll`, poll.finishedAt - poll.startedAt);
    }
  }
  for (const list of times.values()) list.sort((one, other) => one - other);
  return times;
}

/** Durations of tasks and answers whose median or 95th percentile is beyond a factor of what it was. */
export function timingDrift(before: CheckReport, after: CheckReport, factor: number): Drift[] {
  const old = timesOf(before);
  return [...timesOf(after)].flatMap(([what, now]) => {
    const was = old.get(what) ?? [];
    if (was.length < fewestSamples || now.length < fewestSamples) return [];
    const [operation = '', subject = ''] = what.split(': ');
    return [0.5, 0.95].flatMap((share): Drift[] => {
      const [from, to] = [quantile(was, share), quantile(now, share)];
      const isSlower = to > from * factor && to - from >= leastMs;
      const isFaster = from > to * factor && from - to >= leastMs;
      if (!isSlower && !isFaster) return [];
      const message = `${subject} takes ${isSlower ? 'longer' : 'less long'} (p${share * 100})`;
      const texts = { before: formatDuration(from), after: formatDuration(to) };
      return [{ area: 'timing', severity: isSlower ? 'warning' : 'note', operation, message, ...texts }];
    });
  });
}
