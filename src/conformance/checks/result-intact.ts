import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse } from '../contract-facts.js';
import type { ResultObservation } from '../evidence.js';
import { deliveryFacts, hasSucceeded, shownBy, taskProbes } from '../judging.js';

/** Storage services name files so when nobody told them better: no claim, so no lie. */
const noClaim = /^(application|binary)\/octet-stream/i;

function problemOf({ problem, image, contentType }: ResultObservation): string | undefined {
  if (problem !== undefined || image === undefined) return problem ?? 'it is no image';
  if (!image.complete) return `the ${image.format} file ends early`;
  if (contentType === undefined || noClaim.test(contentType)) return undefined;
  const claimed = contentType.split(';')[0]?.trim().toLowerCase().replace('image/jpg', 'image/jpeg');
  return claimed === `image/${image.format}` ? undefined : `it is called ${claimed} and is ${image.format}`;
}

export const resultIntact: Check = {
  id: 'result-intact',
  title: 'Every delivered image can be fetched and is whole',
  rationale: 'An image that was paid for and cannot be opened is the worst kind of success.',
  facts: ['H6'],
  covers: (contract) => deliveryFacts(contract, 'bytes'),
  faults: ['dead-result', 'truncated-image', 'expires-early'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys.filter(hasSucceeded))
      for (const result of journey.results) {
        if (result.notFetched === true) continue;
        observations += 1;
        const problem = problemOf(result);
        if (problem === undefined) continue;
        findings.push(
          findingAt(evidence, shownBy(journey, result.index), {
            facts: orElse(journey.operation.task.delivery.facts?.bytes, ['H6']),
            message: `A delivered image is not whole: ${problem}`,
            expected: 'a whole image file of the type that its content type says',
            observed: problem,
          }),
        );
      }
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no image was delivered to this machine',
    });
  },
};
