import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import { placeIn, taskProbes, viewsOf } from '../judging.js';

import { usageFacts, usageProblem } from '../usage.js';

export const usageAddsUp: Check = {
  id: 'usage-adds-up',
  title: 'Token counts add up',
  rationale: 'Bills are checked against these numbers; a sum that is wrong makes every one of them doubtful.',
  facts: ['H2'],
  covers: usageFacts,
  faults: ['usage-does-not-add-up'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    const facts = orElse(usageFacts(evidence.contract), ['H2']);
    for (const journey of evidence.journeys)
      for (const { sent, view } of viewsOf(journey)) {
        if (view.usage === undefined) continue;
        observations += 1;
        const problem = usageProblem(view.usage);
        if (problem === undefined) continue;
        findings.push(
          findingAt(evidence, sent, {
            facts,
            message: `Token counts do not add up: ${problem}`,
            pointer: placeIn(journey, sent, 'usage.total'),
            expected: 'total = input + output, input = text + images',
            observed: JSON.stringify(view.usage),
          }),
        );
      }
    const tells = tasksOf(evidence.contract).some(({ answer, poll }) =>
      Object.values({ ...answer, ...poll?.answer }).some((field) => 'from' in field && field.from.startsWith('usage.')),
    );
    return judgement(evidence, observations, findings, {
      probes: unique(taskProbes),
      unseen: 'no answer told its usage',
      absent: tells ? undefined : 'answers of this vendor tell no usage',
    });
  },
};
