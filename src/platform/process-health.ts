import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How busy this process was while it was watched. */
export interface ProcessHealth {
  /** 99th percentile of how late the event loop was, in milliseconds. */
  readonly eventLoopDelayP99Ms: number;
  /** CPU time of this process over wall time; above 1 when several threads are busy. */
  readonly cpuShare: number;
}

/** Watches from its creation until `stop`. */
export interface HealthWatch {
  /** Forgets what was seen so far. */
  restart(): void;
  stop(): ProcessHealth;
}

const RESOLUTION_MS = 10;

/** Starts to watch this process: the event loop's delay, sampled every 10 ms, and its CPU time. */
export function watchProcessHealth(): HealthWatch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let cpu = process.cpuUsage();
  let startedAt = performance.now();
  return {
    restart() {
      delay.reset();
      cpu = process.cpuUsage();
      startedAt = performance.now();
    },
    stop() {
      delay.disable();
      const used = process.cpuUsage(cpu);
      const wallMs = performance.now() - startedAt;
      // The histogram holds whole gaps between two samples; only what goes beyond the asked gap is delay.
      const gapMs = delay.count > 0 ? delay.percentile(99) / 1e6 : RESOLUTION_MS;
      return {
        eventLoopDelayP99Ms: Math.max(0, gapMs - RESOLUTION_MS),
        cpuShare: wallMs > 0 ? (used.user + used.system) / 1000 / wallMs : 0,
      };
    },
  };
}

/** For virtual time, where a busy process says nothing about the figures. */
export const unwatchedHealth: HealthWatch = {
  restart: () => undefined,
  stop: () => ({ eventLoopDelayP99Ms: 0, cpuShare: 0 }),
};
