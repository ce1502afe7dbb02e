import type { Check } from '../check.js';
import { keyFacts } from '../contract-facts.js';
import { judgeRefusals } from '../judging.js';

export const wrongKeyRefused: Check = {
  id: 'wrong-key-refused',
  title: 'An unknown key is 401',
  rationale: 'A revoked key that still works cannot be revoked.',
  facts: ['H1'],
  covers: keyFacts,
  faults: ['accepts-unknown-key'],
  codes: ['F311'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['unknown-key'], ['unknown-key'], {
      expected: 'status 401',
      isRight: ({ status }) => status === 401,
    }),
};
