import { createLatencyRecorder, type LatencyState } from './latency-recorder.js';
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

/** What happened since the last time that this was handed over. */
export interface LiveState {
  /** Started less ended. */
  readonly inFlight: number;
  readonly throttled: number;
  readonly recent: LatencyState;
}

export interface LiveWatch {
  add(sample: LoadSample): void;
  /** The figures since the last look; what counts since then starts anew. */
  look(nowMs: number): LiveFigures;
  /** Hands everything over to a watch in another thread, and starts from nothing. */
  handOver(): LiveState;
  merge(state: LiveState): void;
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
    handOver() {
      const state = { inFlight, throttled, recent: recent.state() };
      inFlight = 0;
      throttled = 0;
      recent = createLatencyRecorder();
      return state;
    },
    merge(state) {
      inFlight += state.inFlight;
      throttled += state.throttled;
      recent.merge(state.recent);
    },
  };
}
