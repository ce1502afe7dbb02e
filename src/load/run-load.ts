import { UsageError } from '../core/errors.js';
import type { LoadReport } from '../core/load-report.js';
import { createHttpPool } from '../platform/http-pool.js';
import { brokenAccount, usedByAccount } from './account.js';
import { crewHere } from './crew.js';
import { missedSoFar, withoutLive } from './early-end.js';
import type { LiveFigures } from './live-figures.js';
import { brokenByTarget, checkSums } from './metrics/invariants.js';
import { planLoad } from './plan-load.js';
import type { RunLoadOptions } from './run-load-options.js';
import type { LoadFigures } from './summary.js';
import { withThresholds } from './thresholds.js';
import { crewOfWorkers } from './workers/crew-of-workers.js';

export type { LoadEvent, RunLoadOptions } from './run-load-options.js';

/**
 * Starts tasks on plan and polls each until it ends; resolves with the report, also after an abort, which marks it as
 * `partial`. Rejects with a `UsageError` for unusable options, and for a fault of ours: what the target does is in the
 * report.
 */
export async function runLoad(options: RunLoadOptions): Promise<LoadReport> {
  const { contract, seed, signal, onEvent, abortAfterMs, workers } = options;
  const plan = planLoad(options);
  const { target, arrivals, thresholds, policy, calls, pricePerTask, unit, clock, warmUpMs } = plan;
  onEvent?.({ type: 'planned', ceiling: plan.ceiling });

  const pool = options.transport === undefined ? createHttpPool(target.baseUrl) : undefined;
  const transport = options.transport ?? pool?.transport;
  if (transport === undefined) throw new UsageError('A load needs a transport');
  const used = options.ownAccount === true ? usedByAccount(contract, target, transport) : undefined;
  const usedBefore = await used?.();
  let partial: string | undefined;
  const stop = new AbortController();
  const endEarly = (reason: string) => {
    partial ??= reason;
    stop.abort();
  };
  const onInterrupt = () => endEarly('it was interrupted');

  const reportOf = (generator: LoadReport['generator'], figures: Omit<LoadFigures, 'requests' | 'lateStarts'>) => {
    const report: LoadReport = {
      schemaVersion: 1,
      kind: 'load',
      vendor: contract.id,
      target: target.baseUrl,
      seed,
      driver: options.clock === undefined ? 'real' : 'virtual',
      ...(workers === undefined ? {} : { workers: workers.count }),
      ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
      ...(options.leftOut === undefined ? {} : { leftOut: options.leftOut }),
      policy: policy.name,
      arrivals: {
        kind: arrivals.kind,
        name: arrivals.name,
        ...(arrivals.ratePerSecond === undefined ? {} : { ratePerSecond: arrivals.ratePerSecond }),
      },
      ...(warmUpMs === 0 ? {} : { warmUp: { durationMs: warmUpMs, tasks: crew.warmUpTasks() } }),
      ...figures,
      durationMs: Math.round(clock.now() - crew.startedAt()),
      generator,
      thresholds: [],
      ...(partial === undefined ? {} : { partial }),
    };
    // In a run that was cut short nobody knows how the rest of the tasks would have ended.
    return partial === undefined
      ? withThresholds(report, thresholds)
      : { ...report, thresholds: withThresholds(withoutLive(report), thresholds).thresholds };
  };
  const unjudged = { lateStarts: 0, eventLoopDelayP99Ms: 0, cpuShare: 0, valid: true };

  const hooks = {
    onDead: endEarly,
    onLook(at: number, live: LiveFigures) {
      const elapsedMs = at - crew.startedAt();
      onEvent?.({ type: 'progress', at, elapsedMs, ...crew.progress(), live });
      if (abortAfterMs === undefined || thresholds.length === 0 || elapsedMs < Math.max(abortAfterMs, warmUpMs)) return;
      const { requests: _, lateStarts, ...figures } = crew.figures();
      const soFar = withoutLive(reportOf({ ...unjudged, lateStarts }, figures));
      const missed = missedSoFar(withThresholds(soFar, thresholds).thresholds);
      if (missed !== undefined) endEarly(missed);
    },
  };
  const crew =
    workers === undefined
      ? crewHere(options, plan, transport, hooks)
      : crewOfWorkers({ ...options, workers }, plan, hooks);

  if (signal?.aborted) onInterrupt();
  signal?.addEventListener('abort', onInterrupt, { once: true });
  let generator: LoadReport['generator'];
  let usedAfter: number | undefined;
  try {
    generator = await crew.work(stop.signal);
  } finally {
    signal?.removeEventListener('abort', onInterrupt);
    calls?.close();
    usedAfter = await used?.().catch(() => undefined);
    await pool?.close();
  }
  const { requests: _, lateStarts: __, ...figures } = crew.figures();
  checkSums(figures);
  const { succeeded, abandoned, live } = figures.tasks;
  const account = { before: usedBefore, after: usedAfter, unit, pricePerTask };
  const uncertain = abandoned + live + crew.warmUpTasks();
  const broken = [...brokenByTarget(figures), ...brokenAccount({ ...account, succeeded, uncertain })];
  const report = reportOf(generator, figures);
  return broken.length === 0 ? report : { ...report, broken };
}
