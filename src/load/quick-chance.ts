import type { Chance } from '../core/lifecycle/distribution.js';

/** Chance for millions of tasks: one object that is set to a task's own stream before it is drawn from. */
export interface QuickChance extends Chance {
  /** Goes to the beginning of the stream of these two numbers. */
  to(task: number, part: number): void;
}

function mixed(word: number): number {
  let at = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  at = Math.imul(at ^ (at >>> 15), 0x735a2d97);
  return at ^ (at >>> 15);
}

/** Streams of one seed are equal in every run, in whatever order tasks happen to be drawn for. */
export function createQuickChance(seed: number): QuickChance {
  let state = 0;
  return {
    to(task, part) {
      state = mixed(mixed(seed + Math.imul(task, 0x9e3779b1)) + Math.imul(part, 0x85ebca6b));
    },
    next() {
      state = (state + 0x9e3779b9) | 0;
      return (mixed(state) >>> 0) / 0x1_0000_0000;
    },
  };
}
