import { type Check, findingAt, judgement } from '../check.js';
import { parameterFor, submitsOf, unique } from '../contract-facts.js';
import { deliveryFacts, hasSucceeded, shownBy } from '../judging.js';
import { ownsUpToFewer } from '../partial.js';

export const countHonoured: Check = {
  id: 'count-honoured',
  title: 'As many images come as were asked for',
  rationale: 'Too few were paid for and are missing; too many were never wanted.',
  facts: ['H6'],
  covers: (contract) =>
    unique(
      deliveryFacts(contract, 'count'),
      ...submitsOf(contract).map((one) => parameterFor(contract, one, 'count')?.facts),
    ),
  faults: ['wrong-count'],
  judge(evidence) {
    const judged = evidence.journeys.filter(
      // No image at all is judged by success-has-results.
      (journey) => hasSucceeded(journey) && journey.results.length > 0 && journey.expects.count?.because === 'asked',
    );
    const findings = judged.flatMap((journey) => {
      const count = journey.expects.count;
      if (count === undefined || journey.results.length === count.value || ownsUpToFewer(journey)) return [];
      return [
        findingAt(evidence, shownBy(journey, -1), {
          facts: count.facts,
          message: `${journey.results.length} images are delivered instead of ${count.value}`,
          pointer: count.pointer,
          expected: `${count.value} images`,
          observed: `${journey.results.length} images`,
        }),
      ];
    });
    const asks = submitsOf(evidence.contract).some(({ task }) => task.request.count !== undefined);
    return judgement(evidence, judged.length, findings, {
      probes: ['variants', 'documented-examples'],
      unseen: 'no task succeeded whose request gives a count',
      absent: asks ? undefined : 'a request cannot ask for a count',
    });
  },
};
