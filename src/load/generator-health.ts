import type { LoadReport } from '../core/load-report.js';
import type { ProcessHealth } from '../platform/process-health.js';

/**
 * Beyond these, what the report calls the target's latency is partly ours:
 * an event loop that is late by 50 ms adds that to every hundredth sample, far above what a local server takes;
 * a process that uses 90 % of a core queues its own work; and when more than one start in a hundred misses its plan,
 * the load was not the one that was asked for. A handful of late starts is allowed in any run: the first requests of
 * a process pay for compilation and connections.
 */
const limits = { eventLoopDelayP99Ms: 50, cpuShare: 0.9, lateShare: 0.01, lateAnyway: 3 } as const;

export function judgeGenerator(
  { eventLoopDelayP99Ms, cpuShare }: ProcessHealth,
  { lateStarts, requests }: { readonly lateStarts: number; readonly requests: number },
  busyTold = (part: string) => `this process used ${part} of a core`,
): LoadReport['generator'] {
  const late = lateStarts > Math.max(limits.lateAnyway, requests * limits.lateShare);
  const reasons = [
    ...(late
      ? [`${share(lateStarts, requests)} of the requests started late, more than ${percent(limits.lateShare)}`]
      : []),
    ...(eventLoopDelayP99Ms > limits.eventLoopDelayP99Ms
      ? [
          `the event loop was ${Math.round(eventLoopDelayP99Ms)} ms late (p99), more than ${limits.eventLoopDelayP99Ms} ms`,
        ]
      : []),
    ...(cpuShare > limits.cpuShare ? [`${busyTold(percent(cpuShare))}, more than ${percent(limits.cpuShare)}`] : []),
  ];
  return {
    lateStarts,
    eventLoopDelayP99Ms: Math.round(eventLoopDelayP99Ms * 1000) / 1000,
    cpuShare: Math.round(cpuShare * 1000) / 1000,
    valid: reasons.length === 0,
    ...(reasons.length === 0 ? {} : { reasons }),
  };
}

export interface WorkerHealth {
  readonly health: ProcessHealth;
  readonly lateStarts: number;
  readonly requests: number;
}

/** Each worker is judged by itself: one that is too busy spoils the figures, however idle the others are. */
export function judgeWorkers({ cpuShare }: ProcessHealth, workers: readonly WorkerHealth[]): LoadReport['generator'] {
  const judged = workers.map((one) =>
    judgeGenerator(one.health, one, (part) => `the thread was busy ${part} of the time`),
  );
  const reasons = judged.flatMap((one, index) => (one.reasons ?? []).map((reason) => `worker ${index + 1}: ${reason}`));
  return {
    lateStarts: judged.reduce((sum, { lateStarts }) => sum + lateStarts, 0),
    eventLoopDelayP99Ms: Math.max(...judged.map(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms)),
    cpuShare: Math.round(cpuShare * 1000) / 1000,
    valid: reasons.length === 0,
    ...(reasons.length === 0 ? {} : { reasons }),
  };
}

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10} %`;
}

function share(part: number, whole: number): string {
  return percent(part / Math.max(1, whole));
}
