import { isTerminal } from '../../core/task.js';
import { answerOf, type Check, type DraftFinding, findingAt, isAccepted, isRefused, judgement } from '../check.js';
import { isPolled, pollingOnly, taskProbes } from '../judging.js';

/** Refusals that say nothing about whether the task is there. */
const besideThePoint = [401, 402, 429];

export const readableUntilEnd: Check = {
  id: 'readable-until-end',
  title: 'A task that was read once can be read until its end',
  rationale: 'A task that vanishes while it runs was paid for, and nobody can say what became of it.',
  facts: ['H12'],
  faults: ['loses-task'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const { polls } of evidence.journeys) {
      const first = polls.findIndex(({ sent }) => isAccepted(sent));
      const end = polls.findIndex(({ view }) => view.phase !== undefined && isTerminal(view.phase));
      const seen = polls[first];
      // What comes before is judged by readable-at-once, what comes after the end by terminal-stable.
      for (const { sent } of seen === undefined ? [] : polls.slice(first + 1, end < 0 ? undefined : end)) {
        if (sent.status === undefined || sent.status >= 500 || besideThePoint.includes(sent.status)) continue;
        observations += 1;
        if (seen === undefined || !isRefused(sent)) continue;
        findings.push(
          findingAt(evidence, [seen.sent, sent], {
            facts: ['H12'],
            message: 'A task that was found before its end is not found any more',
            expected: 'the state of the task',
            observed: answerOf(sent),
          }),
        );
      }
    }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no task was polled twice before its end',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
