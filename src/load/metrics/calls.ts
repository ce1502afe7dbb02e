import type { LoadReport } from '../../core/load-report.js';
import type { LoadSample } from '../load-sample.js';

type Call = Extract<LoadSample, { type: 'call' }>;

/** Calls of the target, and how many tasks were seen to end by one: the others were found by the polls beneath. */
export function createCalls() {
  let received = 0;
  let lost = 0;
  let endedTasks = 0;
  return {
    call(sample: Call) {
      if (sample.lost === true) lost += 1;
      else received += 1;
      if (sample.ends === true) endedTasks += 1;
    },
    /** Also what `merge` takes. */
    figures: (): NonNullable<LoadReport['calls']> => ({ received, lost, endedTasks }),
    merge(other: NonNullable<LoadReport['calls']>) {
      received += other.received;
      lost += other.lost;
      endedTasks += other.endedTasks;
    },
  };
}
