import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import type { Journey } from '../evidence.js';
import { isRepetition } from '../idempotency.js';
import { isPolled, placeIn, pollingOnly, taskProbes, viewsOf } from '../judging.js';

export const idStable: Check = {
  id: 'id-stable',
  title: 'A task keeps its id, and no two share one',
  rationale: 'A client that stores the id of an answer loses its task, or reads the images of another.',
  facts: ['H12'],
  faults: ['changes-id', 'reuses-id'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    const owners = new Map<string, Journey>();
    for (const journey of evidence.journeys.filter(({ operation }) => operation.task.mode === 'poll')) {
      const id = journey.view.id;
      if (id === undefined) continue;
      observations += 1;
      const owner = owners.get(id);
      if (owner !== undefined && !isRepetition(owner.submit, journey.submit))
        findings.push(
          findingAt(evidence, [owner.submit, journey.submit], {
            facts: ['H12'],
            pointer: placeIn(journey, journey.submit, 'id'),
            message: 'Two tasks get the same id',
            expected: 'an id of its own for each task',
            observed: id,
          }),
        );
      owners.set(id, journey);
      for (const { sent, view } of viewsOf(journey).slice(1)) {
        if (view.id === undefined) continue;
        observations += 1;
        if (view.id === id) continue;
        findings.push(
          findingAt(evidence, [journey.submit, sent], {
            facts: ['H12'],
            pointer: placeIn(journey, sent, 'id'),
            message: 'A task has another id when it is polled',
            expected: id,
            observed: String(view.id),
          }),
        );
      }
    }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no task was given an id',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
