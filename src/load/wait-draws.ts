import { createQuickChance } from './quick-chance.js';

/**
 * What a task's wait is drawn from, in [0, 1): by the number of the task in the run, from 1, and of its polls so far. No
 * task keeps a generator of its own, and every driver draws alike, in whatever order it comes to its tasks.
 */
export type WaitDraws = (task: number, polls: number) => number;

/** Streams of a task below this one are those of its life. */
const FIRST_STREAM = 16;
/** Between two waits lies the stream of the poll between them. */
const STREAMS_PER_POLL = 2;

export function createWaitDraws(seed: number): WaitDraws {
  const chance = createQuickChance(seed);
  return (task, polls) => {
    chance.to(task, FIRST_STREAM + polls * STREAMS_PER_POLL);
    return chance.next();
  };
}
