import type { LoadSample } from '../load-sample.js';

type Ended = Extract<LoadSample, { type: 'ended' }>;

/**
 * What is paid, by the contract's price rule: a task costs when it succeeds, whoever still waits for it. Of a task that
 * was given up and whose end is unknown we know that nobody stopped it; it counts as paid once it was polled.
 */
export function createCost(pricePerTask: number | undefined) {
  let completed = 0;
  let paid = 0;
  return {
    ended({ outcome, fate, polls }: Ended) {
      if (outcome === 'succeeded') {
        completed += 1;
        paid += 1;
      } else if (outcome === 'abandoned' && (fate === undefined ? polls > 0 : fate === 'succeeded')) paid += 1;
    },
    /** Tasks that are paid for, once all of them have ended. */
    paid: () => paid,
    perCompletedTask: (): number | null =>
      pricePerTask === undefined || completed === 0 ? null : (paid * pricePerTask) / completed,
    state: () => ({ completed, paid }),
    merge(other: { readonly completed: number; readonly paid: number }) {
      completed += other.completed;
      paid += other.paid;
    },
  };
}
