import type { Check } from '../check.js';
import { kindFacts } from '../contract-facts.js';
import { judgeRefusals } from '../judging.js';

export const balanceRequired: Check = {
  id: 'balance-required',
  title: 'Without balance nothing is started',
  rationale: 'A debt that was never agreed to is found on the bill.',
  facts: [],
  covers: (contract) => kindFacts(contract, ['paymentRequired']),
  faults: ['accepts-poor'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['poor-account'], ['poor-account'], {
      expected: 'the documented refusal for lack of balance',
    }),
};
