import { formatDuration } from '../core/duration.js';
import type { LoadReport, ThresholdOutcome } from '../core/load-report.js';
import type { LoadSample } from './load-sample.js';

/** Requests without an answer, in a row, that it takes at least: a few may be lost anywhere. */
const FEWEST_UNANSWERED = 10;

/** For how long, and how often in a row, a target has not answered. */
export interface Silence {
  /** When it answered last; minus infinity before it ever did. Unix milliseconds, as all moments. */
  readonly answeredAt: number;
  readonly unanswered: number;
  /** When the first and the last of these failed; undefined while there is none. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** What became of the last. */
  readonly error: string | undefined;
}

/** Notices a target that answers nothing any more. */
export interface DeathWatch {
  /** The reason to end the run, once there is one. */
  add(sample: LoadSample): string | undefined;
  silence(): Silence;
}

function deadBy(
  { unanswered, since, until, error }: Omit<Silence, 'answeredAt'>,
  patienceMs: number,
): string | undefined {
  const silentMs = since === undefined || until === undefined ? 0 : until - since;
  if (unanswered < FEWEST_UNANSWERED || silentMs < patienceMs) return undefined;
  return `the target stopped answering: ${unanswered} requests in ${formatDuration(silentMs)}, the last with ${error ?? 'no answer'}`;
}

/**
 * The reason to end a run that several threads drive: an answer to one of them is a sign of life for all. What one of
 * them did not get answered before that still counts among the requests, but not for the time. Nor does what came after
 * `knownUntil`, the moment up to which all of them have told of their answers.
 */
export function deadForAll(silences: readonly Silence[], patienceMs: number, knownUntil: number): string | undefined {
  const moments = (of: 'answeredAt' | 'since' | 'until') => silences.flatMap((one) => one[of] ?? []);
  const lastAt = Math.max(...moments('until'));
  const until = Math.min(lastAt, knownUntil);
  const since = Math.max(...moments('answeredAt'), Math.min(...moments('since')));
  const unanswered = silences.reduce((sum, one) => sum + one.unanswered, 0);
  const last = silences.find((one) => one.until === lastAt);
  return deadBy({ unanswered, since, until, error: last?.error }, patienceMs);
}

/** A target is dead when for `patienceMs` no request at all was answered, by whatever status. */
export function createDeathWatch(patienceMs: number): DeathWatch {
  let unanswered = 0;
  let since: number | undefined;
  let until: number | undefined;
  // In an array, because a variable would be a new number on the heap for every answer.
  const answeredAt = new Float64Array([Number.NEGATIVE_INFINITY]);
  let error: string | undefined;
  return {
    silence: () => ({ answeredAt: answeredAt[0] as number, unanswered, since, until, error }),
    add(sample) {
      if (sample.type !== 'submit' && sample.type !== 'poll') return undefined;
      if (sample.status !== undefined) {
        answeredAt[0] = sample.finishedAt;
        unanswered = 0;
        since = undefined;
        return undefined;
      }
      unanswered += 1;
      since ??= sample.finishedAt;
      until = sample.finishedAt;
      error = sample.error;
      return deadBy({ unanswered, since, until, error }, patienceMs);
    },
  };
}

/** Counts that only grow: one that is still too small may be reached yet. */
const growing = /^(started|polls\.total|errors|lateStarts)\s*>/;

/**
 * The report as thresholds may judge it in the middle of a run: tasks that are still running are left out, because how
 * they end is not known.
 */
export function withoutLive(report: LoadReport): LoadReport {
  const { succeeded, failed, cancelled, abandoned } = report.tasks;
  const started = succeeded + failed + cancelled + abandoned;
  return { ...report, tasks: { ...report.tasks, started, live: 0 } };
}

/** The reason to end a run early by its thresholds so far; undefined while there is none. */
export function missedSoFar(outcomes: readonly ThresholdOutcome[]): string | undefined {
  const missed = outcomes.find(
    // What nobody has observed yet is no miss yet.
    ({ ok, observed, expression }) => !ok && observed !== null && !growing.test(expression),
  );
  return missed === undefined ? undefined : `the threshold ${missed.expression} was missed`;
}
