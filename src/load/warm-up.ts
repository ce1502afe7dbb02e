import type { LoadSample } from './load-sample.js';

/** How much of a run was left out of its figures. */
export interface WarmUp {
  /** False for what belongs to the warm-up: requests planned, and tasks started, before it was over. */
  counts(sample: LoadSample): boolean;
  /** Tasks that were started during it. */
  readonly tasks: number;
}

/** Leaves out what was planned before that moment; the load itself is the same, only cold starts are not counted. */
export function createWarmUp(endsAt: number): WarmUp {
  let last = 0;
  return {
    get tasks() {
      return last;
    },
    counts(sample) {
      if (sample.type === 'submit' || sample.type === 'poll') return sample.plannedAt >= endsAt;
      if (sample.type === 'started' && sample.at < endsAt) last = sample.task;
      return sample.task > last;
    },
  };
}
