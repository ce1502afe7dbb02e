import type { AsyncTask } from '../../contract/async-task.js';
import { parseDuration } from '../../core/duration.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import { endOf, placeIn, taskProbes } from '../judging.js';

/** Lifetimes are counted from somewhere around the end of a task; by how much they may be off. */
const tolerance = 0.1;

/** Whether there is something to tell, and a place for it. */
function tellsEnd({ answer, poll, lifetimes }: AsyncTask): boolean {
  const fields = Object.values({ ...answer, ...poll?.answer });
  return (
    lifetimes?.resultUrl !== undefined && fields.some((field) => 'from' in field && field.from === 'result.expiresAt')
  );
}

export const lifetimeTold: Check = {
  id: 'lifetime-told',
  title: 'The end of a result address is told as the page says, and lies ahead',
  rationale: 'A program that downloads at night finds nothing, because it believed a moment that was wrong.',
  facts: ['H12'],
  covers: (contract) =>
    unique(
      ...tasksOf(contract)
        .filter(tellsEnd)
        .map(({ lifetimes }) => lifetimes?.facts),
    ),
  faults: ['expired-at-birth', 'expires-early'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const end = endOf(journey);
      const { lifetimes } = journey.operation.task;
      for (const { expiresAt } of end?.view.results ?? []) {
        if (end === undefined || expiresAt === undefined) continue;
        observations += 1;
        const left = expiresAt - end.at;
        const promised = lifetimes?.resultUrl === undefined ? undefined : parseDuration(lifetimes.resultUrl);
        const isShort = promised !== undefined && left < promised * (1 - tolerance);
        if (left > 0 && !isShort) continue;
        findings.push(
          findingAt(evidence, [journey.submit, end.sent], {
            facts: orElse(isShort && left > 0 ? lifetimes?.facts : ['H12', ...(lifetimes?.facts ?? [])], ['H12']),
            pointer: placeIn(journey, end.sent, 'result.expiresAt'),
            message:
              left > 0
                ? `A result address is told to live for ${Math.round(left / 60_000)} min`
                : 'A result address has ended before it was told',
            expected: lifetimes?.resultUrl ?? 'a moment that lies ahead',
            observed: new Date(Math.min(Math.max(expiresAt, 0), 8.64e15)).toISOString(),
          }),
        );
      }
    }
    const tells = tasksOf(evidence.contract).some(tellsEnd);
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no result told when it ends',
      absent: tells ? undefined : 'answers of this vendor do not tell when a result ends; the end itself is a day away',
    });
  },
};
