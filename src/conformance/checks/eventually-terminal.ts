import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import { isPolled, placeIn, pollingOnly, taskProbes } from '../judging.js';

export const eventuallyTerminal: Check = {
  id: 'eventually-terminal',
  title: 'Every task comes to an end',
  rationale: 'A task that never ends keeps its client polling, its user waiting and its credits reserved.',
  facts: ['H12'],
  covers: (contract) => unique(...tasksOf(contract).map(({ status }) => status?.facts)),
  faults: ['never-ends'],
  judge(evidence) {
    const judged = evidence.journeys.filter(({ end }) => end === 'terminal' || end === 'timeout');
    const polled = judged.filter(({ operation }) => operation.task.mode === 'poll');
    const findings = polled.flatMap((journey): DraftFinding[] => {
      const last = journey.polls.at(-1);
      if (journey.end !== 'timeout' || last === undefined) return [];
      const seconds = Math.round((last.at - journey.submit.exchange.finishedAt) / 1000);
      return [
        findingAt(evidence, [journey.submit, last.sent], {
          facts: unique(['H12'], journey.operation.task.status?.facts),
          pointer: placeIn(journey, last.sent, 'status'),
          message: 'A task has not ended within the time-out',
          expected: 'a documented final status',
          observed: `${JSON.stringify(last.view.statusWord) ?? 'no status'} after ${journey.polls.length} polls in ${seconds} s`,
        }),
      ];
    });
    return judgement(evidence, polled.length, findings, {
      probes: taskProbes,
      unseen: 'no task could be followed to its end',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
