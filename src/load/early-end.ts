import { formatDuration } from '../core/duration.js';
import type { LoadReport, ThresholdOutcome } from '../core/load-report.js';
import type { LoadSample } from './load-sample.js';

/** Requests without an answer, in a row, that it takes at least: a few may be lost anywhere. */
const FEWEST_UNANSWERED = 10;

/** Notices a target that answers nothing any more. */
export interface DeathWatch {
  /** The reason to end the run, once there is one. */
  add(sample: LoadSample): string | undefined;
}

/** A target is dead when for `patienceMs` no request at all was answered, by whatever status. */
export function createDeathWatch(patienceMs: number): DeathWatch {
  let unanswered = 0;
  let since: number | undefined;
  return {
    add(sample) {
      if (sample.type !== 'submit' && sample.type !== 'poll') return undefined;
      if (sample.status !== undefined) {
        unanswered = 0;
        since = undefined;
        return undefined;
      }
      unanswered += 1;
      since ??= sample.finishedAt;
      const silentMs = sample.finishedAt - since;
      if (unanswered < FEWEST_UNANSWERED || silentMs < patienceMs) return undefined;
      return `the target stopped answering: ${unanswered} requests in ${formatDuration(silentMs)}, the last with ${sample.error ?? 'no answer'}`;
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
