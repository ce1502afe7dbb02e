import { type Check, judgement } from '../check.js';
import { parameterFor, submitsOf, unique } from '../contract-facts.js';
import { deliveryFacts, judgeBytes } from '../judging.js';

export const sizeHonoured: Check = {
  id: 'size-honoured',
  title: 'Images have the size that was asked for',
  rationale: 'Layouts and printers count on the pixels that were paid for.',
  facts: ['H6'],
  covers: (contract) =>
    unique(
      deliveryFacts(contract, 'size'),
      ...submitsOf(contract).map((one) => parameterFor(contract, one, 'size')?.facts),
    ),
  faults: ['wrong-size'],
  judge(evidence) {
    const { observations, findings } = judgeBytes(
      evidence,
      'size',
      ['asked'],
      (expected, observed) => `An image is ${observed} pixels instead of ${expected}`,
    );
    const asks = submitsOf(evidence.contract).some(({ task }) => task.request.size !== undefined);
    return judgement(evidence, observations, findings, {
      probes: ['variants', 'documented-examples'],
      unseen: 'no image was delivered for a request that gives a size',
      absent: asks ? undefined : 'a request cannot ask for a size',
    });
  },
};
