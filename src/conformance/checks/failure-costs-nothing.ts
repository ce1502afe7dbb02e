import { type Check, findingAt, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import { endOf, placeIn } from '../judging.js';

export const failureCostsNothing: Check = {
  id: 'failure-costs-nothing',
  title: 'A failed task costs nothing',
  rationale: 'Paying for nothing is found on the bill, weeks later.',
  facts: ['H12'],
  covers: (contract) => unique(...tasksOf(contract).map(({ price }) => price?.facts)),
  faults: ['charges-failure'],
  judge(evidence) {
    const shows = tasksOf(evidence.contract).some(({ poll }) =>
      Object.values(poll?.answer ?? {}).some((field) => 'from' in field && field.from === 'cost'),
    );
    const judged = evidence.journeys.flatMap((journey) => {
      const end = endOf(journey);
      const isLost = end?.view.phase === 'failed' || end?.view.phase === 'cancelled';
      return isLost && end?.view.cost !== undefined ? [{ journey, end }] : [];
    });
    const findings = judged
      .filter(({ end }) => end.view.cost !== 0)
      .map(({ journey, end }) =>
        findingAt(evidence, [journey.submit, end.sent], {
          facts: unique(['H12'], journey.operation.task.price?.facts),
          pointer: placeIn(journey, end.sent, 'cost'),
          message:
            `A ${end.view.phase} task costs ${JSON.stringify(end.view.cost)} ${journey.operation.task.price?.unit ?? ''}`.trim(),
          expected: '0',
          observed: JSON.stringify(end.view.cost) ?? '',
        }),
      );
    return judgement(evidence, judged.length, findings, {
      probes: ['failing-prompt'],
      unseen: 'no failed task showed its cost',
      absent: shows ? undefined : 'answers of this vendor do not show what a task costs',
    });
  },
};
