import type { LoadReport } from '../../core/load-report.js';
import type { LoadSample } from '../load-sample.js';
import { createHistogram } from './histogram.js';

type Ended = Extract<LoadSample, { type: 'ended' }>;

/** Polls that a task took until it was seen to end; what was given up or still runs says nothing about that. */
export function createPollsPerTask() {
  const polls = createHistogram();
  return {
    ended(sample: Ended) {
      if (sample.outcome !== 'live' && sample.outcome !== 'abandoned') polls.add(sample.polls);
    },
    perTask: (): LoadReport['polls']['perTask'] => ({
      mean: polls.sum / Math.max(1, polls.count),
      p50: polls.quantile(0.5),
      p95: polls.quantile(0.95),
    }),
    state: polls.state,
    merge: polls.merge,
  };
}
