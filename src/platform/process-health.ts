import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How busy this process was while it was watched. */
export interface ProcessHealth {
  /** 99th percentile of how late the event loop was, in milliseconds. */
  readonly eventLoopDelayP99Ms: number;
  /**
   * CPU time of this process over wall time; above 1 when several threads are busy. Of one thread, the share of the time
   * in which it had something to do: its own CPU time is not told by every version of Node.
   */
  readonly cpuShare: number;
}

/** Watches from its creation until `stop`. */
export interface HealthWatch {
  /** Forgets what was seen so far. */
  restart(): void;
  stop(): ProcessHealth;
}

const RESOLUTION_MS = 10;

/** Measures from its call until that of what it answers. */
type ShareMeter = () => () => number;

const processShare: ShareMeter = () => {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  return () => {
    const used = process.cpuUsage(before);
    const wallMs = performance.now() - startedAt;
    return wallMs > 0 ? (used.user + used.system) / 1000 / wallMs : 0;
  };
};

const threadShare: ShareMeter = () => {
  const before = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(before).utilization;
};

function watchHealth(meter: ShareMeter): HealthWatch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let shareSoFar = meter();
  return {
    restart() {
      delay.reset();
      shareSoFar = meter();
    },
    stop() {
      delay.disable();
      // The histogram holds whole gaps between two samples; only what goes beyond the asked gap is delay.
      const gapMs = delay.count > 0 ? delay.percentile(99) / 1e6 : RESOLUTION_MS;
      return {
        eventLoopDelayP99Ms: Math.max(0, gapMs - RESOLUTION_MS),
        cpuShare: shareSoFar(),
      };
    },
  };
}

/** Starts to watch this process: the event loop's delay, sampled every 10 ms, and its CPU time. */
export const watchProcessHealth = (): HealthWatch => watchHealth(processShare);

/** The same for one thread of several. */
export const watchThreadHealth = (): HealthWatch => watchHealth(threadShare);

/** For virtual time, where a busy process says nothing about the figures. */
export const unwatchedHealth: HealthWatch = {
  restart: () => undefined,
  stop: () => ({ eventLoopDelayP99Ms: 0, cpuShare: 0 }),
};
