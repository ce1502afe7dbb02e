import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import { placeIn, taskProbes, viewsOf } from '../judging.js';

export const progressWithinBounds: Check = {
  id: 'progress-within-bounds',
  title: 'Progress stays within its bounds',
  rationale: 'A bar at 140 percent breaks layouts, and code that takes 100 for the end stops too early or never.',
  facts: [],
  covers: (contract) => unique(...tasksOf(contract).map(({ progress }) => progress?.facts)),
  faults: ['progress-out-of-bounds'],
  judge(evidence) {
    const stated = tasksOf(evidence.contract).some(({ progress }) => progress !== undefined);
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const bounds = journey.operation.task.progress;
      if (bounds === undefined) continue;
      for (const { sent, view } of viewsOf(journey)) {
        const progress: unknown = view.progress;
        if (progress === undefined) continue;
        observations += 1;
        if (typeof progress === 'number' && progress >= bounds.minimum && progress <= bounds.maximum) continue;
        findings.push(
          findingAt(evidence, sent, {
            facts: orElse(bounds.facts, ['H7']),
            pointer: placeIn(journey, sent, 'progress'),
            message: `Progress ${JSON.stringify(progress)} is not a number within its bounds`,
            expected: `${bounds.minimum} to ${bounds.maximum}`,
            observed: JSON.stringify(progress) ?? '',
          }),
        );
      }
    }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no task showed its progress',
      absent: stated ? undefined : 'this vendor shows no progress',
    });
  },
};
