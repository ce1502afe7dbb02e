import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { deliveryFacts, endOf, hasSucceeded, placeIn, taskProbes } from '../judging.js';

export const successHasResults: Check = {
  id: 'success-has-results',
  title: 'Success comes with images',
  rationale: 'A client that waits for the images of a finished task spins for ever, or crashes on the first one.',
  facts: ['H6'],
  covers: (contract) => deliveryFacts(contract, 'bytes'),
  faults: ['done-without-result'],
  judge(evidence) {
    const judged = evidence.journeys.filter(
      (journey) => hasSucceeded(journey) && endOf(journey)?.sent.json !== undefined,
    );
    const findings = judged.flatMap((journey): DraftFinding[] => {
      const end = endOf(journey);
      if (end === undefined) return [];
      const delivered = end.view.results.filter(({ url, b64 }) => Boolean(url) || Boolean(b64));
      if (delivered.length > 0) return [];
      return [
        findingAt(evidence, [journey.submit, end.sent], {
          facts: ['H6'],
          pointer: placeIn(journey, end.sent, 'result.url'),
          message: 'A task has succeeded and delivers no image',
          expected: 'at least one image',
          observed: 'none',
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, { probes: taskProbes, unseen: 'no task succeeded' });
  },
};
