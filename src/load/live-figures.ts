import { createLatencyRecorder } from './latency-recorder.js';
import type { LoadSample } from './load-sample.js';

/** Where a run stands at this moment, for someone who watches. */
export interface LiveFigures {
  /** Tasks that have started and not ended. */
  readonly inFlight: number;
  /** Requests a second since the last look. */
  readonly requestsPerSecond: number;
  /** Of the answers since the last look, in milliseconds; null without any. */
  readonly p99Ms: number | null;
  /** Answers 429 since the start. */
  readonly throttled: number;
}

export interface LiveWatch {
  add(sample: LoadSample): void;
  /** The figures since the last look; what counts since then starts anew. */
  look(nowMs: number): LiveFigures;
}

const TOO_MANY = 429;

export function createLiveWatch(startedAt: number): LiveWatch {
  let recent = createLatencyRecorder();
  let since = startedAt;
  let inFlight = 0;
  let throttled = 0;
  return {
    add(sample) {
      if (sample.type === 'started') inFlight += 1;
      else if (sample.type === 'ended') inFlight -= 1;
      else if (sample.type !== 'call') {
        recent.add(sample.finishedAt - sample.plannedAt);
        if (sample.status === TOO_MANY) throttled += 1;
      }
    },
    look(nowMs) {
      const { count, p99 } = recent.summary();
      const figures = {
        inFlight,
        requestsPerSecond: nowMs > since ? (count * 1000) / (nowMs - since) : 0,
        p99Ms: count === 0 ? null : p99,
        throttled,
      };
      recent = createLatencyRecorder();
      since = nowMs;
      return figures;
    },
  };
}
