import type { LoadSample } from '../load-sample.js';

type Ended = Extract<LoadSample, { type: 'ended' }>;

/** Tasks that were given up although they were going to succeed: work that is paid for and that nobody sees. */
export function createAbandonment() {
  let ended = 0;
  let lost = 0;
  let unknown = 0;
  return {
    ended({ outcome, fate }: Ended) {
      ended += 1;
      if (outcome !== 'abandoned') return;
      if (fate === undefined) unknown += 1;
      else if (fate === 'succeeded') lost += 1;
    },
    /** Of all tasks; null where the end of an abandoned one is unknown. */
    share: (): number | null => (unknown > 0 || ended === 0 ? null : lost / ended),
    count: () => lost,
    state: () => ({ ended, lost, unknown }),
    merge(other: { readonly ended: number; readonly lost: number; readonly unknown: number }) {
      ended += other.ended;
      lost += other.lost;
      unknown += other.unknown;
    },
  };
}
