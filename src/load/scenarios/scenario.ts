import type { StageWindow } from '../metrics/stages.js';
import type { ServerModel } from '../virtual/server-model.js';

/** A question about polling that is ready to be asked of any vendor, as data. Runs in virtual time. */
export interface LoadScenario {
  readonly id: string;
  /** What happens and what to look at, in one sentence. */
  readonly says: string;
  readonly server: ServerModel;
  /** As `--arrivals` takes it. */
  readonly arrivals: string;
  /** Tasks per second, for arrivals that take it. */
  readonly rate: number;
  /** How many tasks, or how long. */
  readonly tasks?: number;
  readonly durationMs?: number;
  /** Until a task is given up; ten minutes where it says nothing. */
  readonly timeoutMs?: number;
  /** As `--policy` takes it; else guided by the server, or its advice. */
  readonly policy?: string;
  /** Share of the given-up tasks whose users ask for the same again, 0 to 1. */
  readonly askAgain?: number;
  readonly stages?: readonly StageWindow[];
}

/** A wire as between two data centres, and durations with the tail that generation has. */
export const usualServer: ServerModel = {
  latency: { kind: 'lognormal', p50Ms: 40, p99Ms: 200 },
  timing: [
    {
      queued: { kind: 'uniform', minMs: 500, maxMs: 2000 },
      running: { kind: 'lognormal', p50Ms: 10_000, p99Ms: 40_000 },
    },
  ],
  callbacks: { lost: 0.001, delay: { kind: 'lognormal', p50Ms: 200, p99Ms: 2000 } },
};

/** Stages that follow one another: names with the milliseconds at which they end. */
export function stagesOf(...ends: readonly (readonly [name: string, untilMs: number])[]): StageWindow[] {
  return ends.map(([name, untilMs], index) => ({ name, untilMs, fromMs: ends[index - 1]?.[1] ?? 0 }));
}
