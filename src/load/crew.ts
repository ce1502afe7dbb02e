import type { LoadReport } from '../core/load-report.js';
import type { LoadTransport } from '../platform/http-pool.js';
import { unwatchedHealth, watchProcessHealth } from '../platform/process-health.js';
import { drive } from './driver.js';
import { judgeGenerator } from './generator-health.js';
import type { LiveFigures } from './live-figures.js';
import { observeRun, type RunObserver } from './observe-run.js';
import { type LoadPlan, wholePlan } from './plan-load.js';
import type { RunLoadOptions } from './run-load-options.js';
import type { SummaryOptions } from './summary.js';

/** Whoever drives the tasks of a run: this thread, or several others. */
export interface LoadCrew extends Pick<RunObserver, 'figures' | 'progress' | 'warmUpTasks'> {
  /** Unix milliseconds. */
  startedAt(): number;
  /** Drives until the end, or until the signal aborts; resolves with how well the generator kept up. */
  work(signal: AbortSignal): Promise<LoadReport['generator']>;
}

export interface CrewHooks {
  /** Once a second. */
  readonly onLook: (at: number, live: LiveFigures) => void;
  readonly onDead: (reason: string) => void;
}

export function summaryOptions(
  { stages }: Pick<RunLoadOptions, 'stages'>,
  { pricePerTask, calls }: LoadPlan,
  startedAt: number,
): SummaryOptions {
  return {
    ...(pricePerTask === undefined ? {} : { pricePerTask }),
    ...(stages === undefined ? {} : { stages }),
    startedAt,
    calledBack: calls !== undefined,
  };
}

/** One thread, this one. */
export function crewHere(
  options: RunLoadOptions,
  plan: LoadPlan,
  transport: LoadTransport,
  { onLook, onDead }: CrewHooks,
): LoadCrew {
  const { clock, warmUpMs, giveUpAfterMs } = plan;
  const health = options.clock === undefined ? watchProcessHealth() : unwatchedHealth;
  const startedAt = clock.now();
  const run = observeRun({
    startedAt,
    warmUpMs,
    summary: summaryOptions(options, plan, startedAt),
    giveUpAfterMs,
    now: clock.now,
    ...(options.onEvent === undefined ? {} : { onSample: options.onEvent }),
    onWarm: health.restart,
    onDead,
    onLook: (at) => onLook(at, run.look(at)),
  });
  return {
    figures: run.figures,
    progress: run.progress,
    warmUpTasks: run.warmUpTasks,
    startedAt: () => startedAt,
    async work(signal) {
      const overdue = await drive({ ...wholePlan(options, plan), transport, signal, onSample: run.add });
      const { lateStarts, requests } = run.figures();
      return judgeGenerator(health.stop(), { lateStarts: lateStarts + overdue, requests: requests + overdue });
    },
  };
}
