import type { LoadSample } from '../load-sample.js';

type Poll = Extract<LoadSample, { type: 'poll' }>;

/** Wasted polls saw the phase of their task's previous answer; the waste ratio is their share of all polls. */
export function createWaste() {
  let polls = 0;
  let wasted = 0;
  return {
    poll(sample: Poll) {
      polls += 1;
      if (sample.wasted) wasted += 1;
    },
    polls: () => polls,
    wasted: () => wasted,
    ratio: () => (polls === 0 ? 0 : wasted / polls),
    state: () => ({ polls, wasted }),
    merge(other: { readonly polls: number; readonly wasted: number }) {
      polls += other.polls;
      wasted += other.wasted;
    },
  };
}
