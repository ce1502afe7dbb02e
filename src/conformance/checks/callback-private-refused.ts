import type { Check } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import { judgeRefusals } from '../judging.js';

export const callbackPrivateRefused: Check = {
  id: 'callback-private-refused',
  title: 'Addresses that the page does not let be called are refused',
  rationale: 'Whoever can have a server call any address reads what only that server can reach.',
  facts: [],
  covers: (contract) => unique(...tasksOf(contract).map(({ callback }) => callback?.facts)),
  faults: ['callback-anywhere'],
  codes: ['F302'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['private-callback'], ['private-callback'], { expected: 'a 4xx and no task' }),
};
