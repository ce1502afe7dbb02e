import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import type { Observation } from '../evidence.js';
import { endOf, placeIn, taskProbes, viewsOf } from '../judging.js';

export const progressMonotonic: Check = {
  id: 'progress-monotonic',
  title: 'Progress never falls',
  rationale: 'A progress bar that runs backwards tells people that something is wrong.',
  facts: [],
  covers: (contract) => unique(...tasksOf(contract).map(({ progress }) => progress?.facts)),
  faults: ['progress-jumps-back'],
  judge(evidence) {
    const stated = tasksOf(evidence.contract).some(({ progress }) => progress !== undefined);
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const end = endOf(journey)?.view.phase;
      let last: Observation | undefined;
      for (const observation of viewsOf(journey)) {
        const { progress, phase } = observation.view;
        // What the progress of a task that came to nothing should read is told nowhere.
        if (
          typeof progress !== 'number' ||
          (phase === end && phase !== undefined && phase !== 'succeeded' && end !== undefined)
        )
          continue;
        const before = last?.view.progress;
        if (last !== undefined && before !== undefined) {
          observations += 1;
          if (progress < before)
            findings.push(
              findingAt(evidence, [last.sent, observation.sent], {
                facts: orElse(journey.operation.task.progress?.facts, ['H7']),
                pointer: placeIn(journey, observation.sent, 'progress'),
                message: `Progress falls from ${before} to ${progress}`,
                expected: `at least ${before}`,
                observed: String(progress),
              }),
            );
        }
        last = observation;
      }
    }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no task showed its progress twice',
      absent: stated ? undefined : 'this vendor shows no progress',
    });
  },
};
