import { isTerminal } from '../../core/task.js';
import { answerOf, type Check, type DraftFinding, findingAt, isAccepted, judgement } from '../check.js';
import { isPolled, keptView, placeIn, pollingOnly, taskProbes } from '../judging.js';

/** Where in an answer each of these stands. */
const places: Readonly<Record<string, string>> = { results: 'result.url', error: 'error.message', cost: 'cost' };

export const terminalStable: Check = {
  id: 'terminal-stable',
  title: 'After its end a task stays as it is',
  rationale: 'What a client has stored no longer matches what the vendor says, and nobody can tell which is right.',
  facts: ['H8'],
  faults: ['changes-after-terminal', 'runs-again', 'fails-late'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const { polls } = journey;
      const end = polls.findIndex(({ view }) => view.phase !== undefined && isTerminal(view.phase));
      const first = polls[end];
      if (first === undefined) continue;
      for (const later of polls.slice(end + 1)) {
        if (later.sent.status === undefined || later.sent.status === 429 || later.sent.status >= 500) continue;
        observations += 1;
        const [before, after] = [keptView(first.view), keptView(later.view)];
        const changed = Object.keys(before).find(
          (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
        );
        if (changed === undefined && isAccepted(later.sent)) continue;
        findings.push(
          findingAt(evidence, [first.sent, later.sent], {
            facts: ['H8'],
            pointer: placeIn(journey, later.sent, places[changed ?? ''] ?? 'status'),
            message: isAccepted(later.sent)
              ? `The ${changed} of a task changes after its end`
              : `A task that has ended can no longer be read: ${answerOf(later.sent)}`,
            expected: JSON.stringify(before[changed ?? 'status']) ?? 'nothing',
            observed: JSON.stringify(after[changed ?? 'status']) ?? 'nothing',
          }),
        );
      }
    }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no task was polled after its end',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
