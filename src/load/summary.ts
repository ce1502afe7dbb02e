import type { LoadReport } from '../core/load-report.js';
import { createLatencyRecorder } from './latency-recorder.js';
import { LATE_MS, type LoadSample, type TaskOutcome } from './load-sample.js';

/** The figures of a report that come from samples. */
export type LoadFigures = Pick<LoadReport, 'tasks' | 'polls' | 'latencyMs' | 'timeToDetectMs' | 'errors'> & {
  readonly requests: number;
  readonly lateStarts: number;
};

export interface LoadSummary {
  add(sample: LoadSample): void;
  figures(): LoadFigures;
}

/** Clocks of two processes on one machine agree to a few milliseconds; beyond that, an early answer is a fault. */
const CLOCK_SLACK_MS = 5;

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function createSummary(): LoadSummary {
  const submit = createLatencyRecorder();
  const poll = createLatencyRecorder();
  const detect = createLatencyRecorder();
  const ended: Record<TaskOutcome, number> = { succeeded: 0, failed: 0, cancelled: 0, abandoned: 0, live: 0 };
  const pollsPerTask: number[] = [];
  const errors: Record<string, number> = {};
  let started = 0;
  let wasted = 0;
  let lateStarts = 0;

  const count = (error: string | undefined) => {
    if (error !== undefined) errors[error] = (errors[error] ?? 0) + 1;
  };

  return {
    add(sample) {
      if (sample.type === 'started') {
        started += 1;
        return;
      }
      if (sample.type === 'ended') {
        ended[sample.outcome] += 1;
        if (sample.outcome === 'live' || sample.outcome === 'abandoned') return;
        pollsPerTask.push(sample.polls);
        if (sample.readyAt === undefined) return;
        const late = sample.at - sample.readyAt;
        if (late < -CLOCK_SLACK_MS) count('detected before it was ready');
        detect.add(late);
        return;
      }
      if (sample.startedAt - sample.plannedAt > LATE_MS) lateStarts += 1;
      (sample.type === 'submit' ? submit : poll).add(sample.finishedAt - sample.plannedAt);
      if (sample.type === 'poll' && sample.wasted) wasted += 1;
      count(sample.error);
    },
    figures() {
      const sorted = [...pollsPerTask].sort((one, other) => one - other);
      const mean = sorted.reduce((sum, polls) => sum + polls, 0) / Math.max(1, sorted.length);
      return {
        tasks: { started, ...ended },
        polls: {
          total: poll.count,
          wasted,
          perTask: { mean, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) },
        },
        latencyMs: { submit: submit.summary(), poll: poll.summary() },
        timeToDetectMs: detect.count === 0 ? null : detect.summary(),
        errors: { ...errors },
        requests: submit.count + poll.count,
        lateStarts,
      };
    },
  };
}
