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
): LoadReport['generator'] {
  const onPlan = lateStarts <= Math.max(limits.lateAnyway, requests * limits.lateShare);
  return {
    lateStarts,
    eventLoopDelayP99Ms: Math.round(eventLoopDelayP99Ms * 1000) / 1000,
    cpuShare: Math.round(cpuShare * 1000) / 1000,
    valid: onPlan && eventLoopDelayP99Ms <= limits.eventLoopDelayP99Ms && cpuShare <= limits.cpuShare,
  };
}
