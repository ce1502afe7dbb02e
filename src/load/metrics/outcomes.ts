import type { LoadReport } from '../../core/load-report.js';
import type { LoadSample, TaskOutcome } from '../load-sample.js';

type Started = Extract<LoadSample, { type: 'started' }>;
type Ended = Extract<LoadSample, { type: 'ended' }>;

export interface OutcomesState {
  readonly tasks: LoadReport['tasks'];
  readonly duplicates: number;
}

/** Tasks by how they ended. Submits that were made a second time for the same work count as tasks, too. */
export function createOutcomes() {
  const ended: Record<TaskOutcome, number> = { succeeded: 0, failed: 0, cancelled: 0, abandoned: 0, live: 0 };
  let started = 0;
  let duplicates = 0;
  return {
    started({ duplicate }: Started) {
      started += 1;
      if (duplicate === true) duplicates += 1;
    },
    ended({ outcome }: Ended) {
      ended[outcome] += 1;
    },
    tasks: (): LoadReport['tasks'] => ({ started, ...ended }),
    duplicates: () => duplicates,
    state: (): OutcomesState => ({ tasks: { started, ...ended }, duplicates }),
    merge({ tasks, duplicates: more }: OutcomesState) {
      started += tasks.started;
      duplicates += more;
      for (const outcome of Object.keys(ended) as TaskOutcome[]) ended[outcome] += tasks[outcome];
    },
  };
}
