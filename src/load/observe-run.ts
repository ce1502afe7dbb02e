import { createDeathWatch } from './early-end.js';
import { createLiveWatch, type LiveFigures } from './live-figures.js';
import type { LoadSample } from './load-sample.js';
import { createSummary, type LoadFigures, type LoadSummary, type SummaryOptions } from './summary.js';
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
  readonly onLook: (at: number, live: LiveFigures) => void;
  readonly onWarm: () => void;
  readonly onDead: (reason: string) => void;
}

export interface RunObserver {
  readonly add: (sample: LoadSample) => void;
  readonly figures: () => LoadFigures;
  readonly progress: LoadSummary['progress'];
  /** Tasks that were started during the warm-up. */
  readonly warmUpTasks: () => number;
}

const LOOK_MS = 1000;

/** Takes in every sample of a run once and tells everyone who wants to know. */
export function observeRun(options: ObserveOptions): RunObserver {
  const { startedAt, warmUpMs, now, onSample } = options;
  const summary = createSummary(options.summary);
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
      if (dead !== undefined) options.onDead(dead);
      const at = now();
      if (!warm && at >= startedAt + warmUpMs) {
        warm = true;
        options.onWarm();
      }
      if (at < lookAt) return;
      lookAt = at + LOOK_MS;
      options.onLook(at, live.look(at));
    },
    figures: summary.figures,
    progress: summary.progress,
    warmUpTasks: () => warmUp.tasks,
  };
}
