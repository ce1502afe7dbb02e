import type { AsyncTask } from '../../contract/async-task.js';
import { formatDuration, parseDuration } from '../../core/duration.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import { endOf, hasSucceeded, placeIn, taskProbes } from '../judging.js';

/** Moments may be rounded, clocks may differ, and a lifetime may count from the submit. */
function slackMs(lifetimeMs: number): number {
  return Math.max(5 * 60_000, lifetimeMs / 10);
}

/** Whether there is something to tell, and a place for it. */
function tellsEnd({ answer, poll, lifetimes }: AsyncTask): boolean {
  const fields = Object.values({ ...answer, ...poll?.answer });
  return (
    lifetimes?.resultUrl !== undefined && fields.some((field) => 'from' in field && field.from === 'result.expiresAt')
  );
}

export const lifetimeTold: Check = {
  id: 'lifetime-told',
  title: 'Result URLs are told to live as long as the page says',
  rationale: 'Whoever puts a download off to the night relies on the lifetime that was promised.',
  facts: [],
  covers: (contract) =>
    unique(
      ...tasksOf(contract)
        .filter(tellsEnd)
        .map(({ lifetimes }) => lifetimes?.facts),
    ),
  faults: ['expires-early'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys.filter(hasSucceeded)) {
      const end = endOf(journey);
      const { lifetimes } = journey.operation.task;
      if (end === undefined || lifetimes?.resultUrl === undefined) continue;
      const promised = parseDuration(lifetimes.resultUrl);
      for (const { expiresAt } of end.view.results) {
        if (typeof expiresAt !== 'number') continue;
        observations += 1;
        const left = expiresAt - journey.submit.exchange.startedAt;
        if (left >= promised - slackMs(promised)) continue;
        findings.push(
          findingAt(evidence, [journey.submit, end.sent], {
            facts: orElse(lifetimes.facts, ['H6']),
            pointer: placeIn(journey, end.sent, 'result.expiresAt'),
            message: 'A result URL is told to end before its time',
            expected: `${lifetimes.resultUrl} after the task`,
            observed: left < 0 ? 'before the task was submitted' : `${formatDuration(left)} after the submit`,
          }),
        );
      }
    }
    const tells = tasksOf(evidence.contract).some(tellsEnd);
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no finished task told when its results end',
      absent: tells ? undefined : 'answers of this vendor do not tell when results end',
    });
  },
};
