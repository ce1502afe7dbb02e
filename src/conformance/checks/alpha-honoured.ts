import { type Check, judgement } from '../check.js';
import { parameterFor, submitsOf, unique } from '../contract-facts.js';
import { deliveryFacts, judgeBytes } from '../judging.js';

export const alphaHonoured: Check = {
  id: 'alpha-honoured',
  title: 'A transparent background is really transparent',
  rationale: 'A cut-out on white looks right in every preview and wrong on every page.',
  facts: ['H6'],
  covers: (contract) =>
    unique(
      deliveryFacts(contract, 'alpha'),
      ...submitsOf(contract).map((one) => parameterFor(contract, one, 'background')?.facts),
    ),
  faults: ['no-alpha'],
  judge(evidence) {
    const { observations, findings } = judgeBytes(
      evidence,
      'alpha',
      ['asked'],
      () => 'An image that was asked for with a transparent background has no transparent pixel',
    );
    const asks = submitsOf(evidence.contract).some(
      ({ task }) => task.request.background !== undefined && (task.delivery.transparent ?? []).length > 0,
    );
    return judgement(evidence, observations, findings, {
      probes: ['variants', 'documented-examples'],
      unseen: 'no image was delivered for a request that asks for transparency',
      absent: asks ? undefined : 'a request cannot ask for transparency',
    });
  },
};
