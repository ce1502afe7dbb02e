import { type Check, judgement } from '../check.js';
import { parameterFor, submitsOf, unique } from '../contract-facts.js';
import { deliveryFacts, judgeBytes } from '../judging.js';

export const formatHonoured: Check = {
  id: 'format-honoured',
  title: 'Images have the file format that was asked for',
  rationale: 'What is stored as .jpeg and is PNG breaks tools further down the line.',
  facts: ['H6'],
  covers: (contract) =>
    unique(
      deliveryFacts(contract, 'format'),
      ...submitsOf(contract).map((one) => parameterFor(contract, one, 'format')?.facts),
    ),
  faults: ['wrong-format'],
  judge(evidence) {
    const { observations, findings } = judgeBytes(
      evidence,
      'format',
      ['asked'],
      (expected, observed) => `An image is ${observed} instead of ${expected}`,
    );
    const asks = submitsOf(evidence.contract).some(({ task }) => task.request.format !== undefined);
    return judgement(evidence, observations, findings, {
      probes: ['variants', 'documented-examples'],
      unseen: 'no image was delivered for a request that gives a format',
      absent: asks ? undefined : 'a request cannot ask for a format',
    });
  },
};
