import { answerOf, type Check, type DraftFinding, findingAt, isAccepted, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import { hasSucceeded, shownBy } from '../judging.js';
import { ownsUpToFewer } from '../partial.js';

export const clampHonoured: Check = {
  id: 'clamp-honoured',
  title: 'Numbers out of bounds are moved into them where the page says so',
  rationale:
    'Clients that rely on the promise break on a refusal, and pay for more images than they can use without it.',
  facts: [],
  covers: (contract) => unique(...tasksOf(contract).flatMap(({ clamp }) => (clamp ?? []).map(({ facts }) => facts))),
  faults: ['ignores-clamp', 'refuses-clamp'],
  judge(evidence) {
    const stated = tasksOf(evidence.contract).some(({ clamp }) => (clamp ?? []).length > 0);
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const { submit, expects, results } = journey;
      if (submit.purpose.case !== 'clamped' || submit.status === undefined || submit.status === 429) continue;
      const parts = { facts: submit.purpose.facts, pointer: submit.purpose.pointer ?? '' };
      observations += 1;
      if (!isAccepted(submit))
        findings.push(
          findingAt(evidence, submit, {
            ...parts,
            message: `A request ${submit.purpose.what} is refused instead of being moved into bounds`,
            expected: 'the documented accepted answer',
            observed: answerOf(submit),
          }),
        );
      else if (hasSucceeded(journey) && results.length > 0 && expects.count?.pointer === submit.purpose.pointer) {
        const wanted = expects.count?.value;
        if (wanted === undefined || results.length === wanted || ownsUpToFewer(journey)) continue;
        findings.push(
          findingAt(evidence, shownBy(journey, -1), {
            ...parts,
            message: `A request ${submit.purpose.what} delivers ${results.length} images instead of ${wanted}`,
            expected: `${wanted} images`,
            observed: `${results.length} images`,
          }),
        );
      }
    }
    return judgement(evidence, observations, findings, {
      probes: ['clamps'],
      unseen: 'no such request was answered',
      absent: stated ? undefined : 'the contract states no number that is moved into bounds',
    });
  },
};
