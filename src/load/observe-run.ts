import { createDeathWatch, type Silence } from './early-end.js';
import { createLiveWatch, type LiveFigures, type LiveState } from './live-figures.js';
import type { LoadSample } from './load-sample.js';
import {
  createSummary,
  type LoadFigures,
  type LoadSummary,
  type SummaryOptions,
  type SummaryState,
} from './summary.js';
import { createWarmUp } from './warm-up.js';

export interface ObserveOptions {
  readonly startedAt: number;
  /** Milliseconds from the start that are left out of the figures. */
  readonly warmUpMs: number;
  /** Milliseconds without any answer after which the target counts as dead. */
  readonly giveUpAfterMs: number;
  readonly summary: SummaryOptions;
  readonly now: () => number;
  readonly onSample?: (sample: LoadSample) => void;
  /** Once a second. */
  readonly onLook: (at: number) => void;
  readonly onWarm: () => void;
  readonly onDead?: (reason: string) => void;
}

/** What happened in one thread since it last told another. */
export interface Look {
  /** When it told; Unix milliseconds. */
  readonly at: number;
  readonly summary: SummaryState;
  readonly live: LiveState;
  readonly silence: Silence;
}

export interface RunObserver {
  readonly add: (sample: LoadSample) => void;
  readonly figures: () => LoadFigures;
  readonly progress: LoadSummary['progress'];
  /** Tasks that were started during the warm-up. */
  readonly warmUpTasks: () => number;
  /** Where the run stands; what counts since the last look starts anew. */
  readonly look: (at: number) => LiveFigures;
  /** Hands all figures over to another thread, and starts from nothing. */
  readonly handOver: () => Look;
}

export const LOOK_MS = 1000;

/** Takes in every sample of a run once and tells everyone who wants to know. */
export function observeRun(options: ObserveOptions): RunObserver {
  const { startedAt, warmUpMs, now, onSample } = options;
  let summary = createSummary(options.summary);
  const warmUp = createWarmUp(startedAt + warmUpMs);
  const live = createLiveWatch(startedAt);
  const death = createDeathWatch(options.giveUpAfterMs);
  let lookAt = startedAt + LOOK_MS;
  let warm = warmUpMs === 0;

  return {
    add(sample) {
      if (warmUpMs === 0 || warmUp.counts(sample)) summary.add(sample);
      live.add(sample);
      onSample?.(sample);
      const dead = death.add(sample);
      if (dead !== undefined) options.onDead?.(dead);
      const at = now();
      if (!warm && at >= startedAt + warmUpMs) {
        warm = true;
        options.onWarm();
      }
      if (at < lookAt) return;
      lookAt = at + LOOK_MS;
      options.onLook(at);
    },
    figures: () => summary.figures(),
    progress: () => summary.progress(),
    warmUpTasks: () => warmUp.tasks,
    look: live.look,
    handOver() {
      const handed = { at: now(), summary: summary.state(), live: live.handOver(), silence: death.silence() };
      summary = createSummary(options.summary);
      return handed;
    },
  };
}
