import { answerOf, type Check, type DraftFinding, findingAt, isRefused, judgement } from '../check.js';
import { isPolled, pollingOnly, taskProbes } from '../judging.js';

/** Refusals that say nothing about whether the task is there. */
const besideThePoint = [401, 402, 429];

export const readableAtOnce: Check = {
  id: 'readable-at-once',
  title: 'A task can be read as soon as its id is given out',
  rationale: 'A client takes a running, paid task for lost and submits it again.',
  facts: ['H12'],
  faults: ['not-found-at-first'],
  codes: ['F122'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const { polls, submit } of evidence.journeys) {
      const first = polls[0]?.sent;
      if (first?.status === undefined || first.status >= 500 || besideThePoint.includes(first.status)) continue;
      observations += 1;
      if (!isRefused(first)) continue;
      findings.push(
        findingAt(evidence, [submit, first], {
          facts: ['H12'],
          message: 'The first poll of a task that was just accepted does not find it',
          expected: 'the state of the task',
          observed: answerOf(first),
        }),
      );
    }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no task was polled',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
