import { isLegalTransition, isTerminal, type Phase } from '../../core/task.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import type { Journey, Observation } from '../evidence.js';
import { isPolled, placeIn, pollingOnly, taskProbes, viewsOf } from '../judging.js';

/** A word that the submit's answer always shows says nothing about how far the task is. */
function tellsPhase(journey: Journey, { sent, view }: Observation): boolean {
  if (view.phase === undefined) return false;
  if (sent !== journey.submit) return true;
  return !Object.values(journey.operation.task.answer).some((field) => 'word' in field && field.word !== undefined);
}

export const transitionLegal: Check = {
  id: 'transition-legal',
  title: 'A task never goes back',
  rationale: 'A progress bar jumps back, and a client that counts restarts gives up on a task that it has paid for.',
  facts: ['H7'],
  covers: (contract) => unique(...tasksOf(contract).map(({ status }) => status?.facts)),
  faults: ['goes-back'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      let last: (Observation & { readonly phase: Phase }) | undefined;
      for (const observation of viewsOf(journey).filter((one) => tellsPhase(journey, one))) {
        const phase = observation.view.phase;
        if (phase === undefined) continue;
        // What happens after the end is judged by terminal-stable.
        if (last !== undefined && !isTerminal(last.phase)) {
          observations += 1;
          if (!isLegalTransition(last.phase, phase))
            findings.push(
              findingAt(evidence, [last.sent, observation.sent], {
                facts: unique(['H7'], journey.operation.task.status?.facts),
                pointer: placeIn(journey, observation.sent, 'status'),
                message: `A task goes back from ${JSON.stringify(last.view.statusWord)} to ${JSON.stringify(observation.view.statusWord)}`,
                expected: `${last.phase} or later`,
                observed: phase,
              }),
            );
        }
        last = { ...observation, phase };
      }
    }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no task was seen in two states: each had ended at its first poll',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
