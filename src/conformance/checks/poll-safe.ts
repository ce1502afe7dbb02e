import { isTerminal } from '../../core/task.js';
import { answerOf, type Check, type DraftFinding, findingAt, isAccepted, judgement } from '../check.js';
import type { Evidence, Journey, Observation } from '../evidence.js';
import { isPolled, keptView, placeIn, pollingOnly } from '../judging.js';

/** So many times faster than every other task is no luck any more. */
const suspicious = 5;
const fewestOthers = 3;

function isOver({ view }: Observation): boolean {
  return view.phase !== undefined && isTerminal(view.phase);
}

/** How long a task was surely not over yet, in milliseconds after its submit; undefined where it was never seen so. */
function stillGoingMs({ polls, submit }: Journey): number | undefined {
  const last = polls.findLast((observation) => observation.view.phase !== undefined && !isOver(observation));
  return last === undefined ? undefined : last.at - submit.exchange.finishedAt;
}

/** A task that ends under a hail of polls, while all others take their time, is moved on by being asked for. */
function hurried(evidence: Evidence, journey: Journey): DraftFinding[] {
  const over = journey.atOnce.first.find(isOver);
  if (over === undefined) return [];
  const took = Math.max(1, over.at - journey.submit.exchange.finishedAt);
  const others = evidence.journeys.filter((other) => other !== journey && other.submit.purpose.case !== 'failing');
  const going = others.filter(({ end }) => end === 'terminal').map(stillGoingMs);
  if (going.length < fewestOthers || !going.every((ms) => ms !== undefined && ms >= took * suspicious)) return [];
  return [
    findingAt(evidence, [journey.submit, over.sent], {
      facts: ['H7'],
      pointer: placeIn(journey, over.sent, 'status'),
      message: `Asked ${journey.atOnce.first.length} times at once, a task is over after ${Math.round(took)} ms`,
      expected: `more than ${Math.round(Math.min(...going.map((ms) => ms ?? 0)))} ms, as any other task takes`,
      observed: `${Math.round(took)} ms`,
    }),
  ];
}

export const pollSafe: Check = {
  id: 'poll-safe',
  title: 'Asking for a task changes nothing',
  rationale: 'Two tabs, a retry or a monitor that ask at the same moment must see one task, and not move it.',
  facts: ['H7'],
  faults: ['advances-on-poll'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const { first, last } = journey.atOnce;
      observations += first.length + last.length;
      findings.push(...hurried(evidence, journey));
      for (const { sent } of [...first, ...last]) {
        // A throttled poll was not answered, and a failing server is judged by server-error.
        if (isAccepted(sent) || sent.status === undefined || sent.status === 429 || sent.status >= 500) continue;
        findings.push(
          findingAt(evidence, [journey.submit, sent], {
            facts: ['H7'],
            message: 'A task cannot be read by several at the same moment',
            expected: 'the state of the task',
            observed: answerOf(sent),
          }),
        );
      }
      const [one, ...others] = last.filter(({ sent }) => isAccepted(sent));
      if (one === undefined) continue;
      const seen = JSON.stringify(keptView(one.view));
      for (const other of others) {
        const again = JSON.stringify(keptView(other.view));
        if (seen === again) continue;
        findings.push(
          findingAt(evidence, [one.sent, other.sent], {
            facts: ['H7', 'H8'],
            pointer: placeIn(journey, other.sent, 'status'),
            message: 'Two polls of a finished task at the same moment show different things',
            expected: seen,
            observed: again,
          }),
        );
      }
    }
    return judgement(evidence, observations, findings, {
      probes: ['parallel-polls'],
      unseen: 'no task could be asked for by several at once',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
