import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import type { Journey, Observation } from '../evidence.js';
import { isPolled, placeIn, pollingOnly, taskProbes, viewsOf } from '../judging.js';

function knownWords(journey: Journey, { sent }: Observation): string[] {
  const { task } = journey.operation;
  const shape = sent === journey.submit ? task.answer : (task.poll?.answer ?? {});
  const fixed = Object.values(shape).flatMap((field) =>
    'word' in field && field.word !== undefined ? [field.word] : [],
  );
  return [...Object.keys(task.status?.words ?? {}), ...fixed];
}

function showsStatus(journey: Journey, { sent }: Observation): boolean {
  const { task } = journey.operation;
  const shape = sent === journey.submit ? task.answer : (task.poll?.answer ?? {});
  return Object.values(shape).some((field) => 'from' in field && field.from === 'status');
}

export const statusKnown: Check = {
  id: 'status-known',
  title: 'Every status word is a documented one',
  rationale: 'A client that waits for the words it knows waits for ever on one that it does not.',
  facts: [],
  covers: (contract) => unique(...tasksOf(contract).map(({ status }) => status?.facts)),
  faults: ['unknown-status-word'],
  codes: ['F200'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys)
      for (const observation of viewsOf(journey)) {
        if (!showsStatus(journey, observation) || observation.sent.json === undefined) continue;
        observations += 1;
        const word = observation.view.statusWord;
        const known = knownWords(journey, observation);
        if (typeof word === 'string' && known.includes(word)) continue;
        findings.push(
          findingAt(evidence, observation.sent, {
            facts: orElse(journey.operation.task.status?.facts, ['H12']),
            pointer: placeIn(journey, observation.sent, 'status'),
            message:
              word === undefined
                ? 'An answer about a task has no status'
                : `The status ${JSON.stringify(word)} is not documented`,
            expected: `one of ${known.join(', ')}`,
            observed: JSON.stringify(word) ?? 'no status',
          }),
        );
      }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no answer about a task was seen',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
