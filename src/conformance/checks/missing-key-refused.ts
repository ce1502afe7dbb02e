import type { Check } from '../check.js';
import { keyFacts } from '../contract-facts.js';
import { judgeRefusals } from '../judging.js';

export const missingKeyRefused: Check = {
  id: 'missing-key-refused',
  title: 'A missing or malformed key is 401',
  rationale: 'A server that serves without a key lets anybody spend its owner’s money.',
  facts: ['H1'],
  covers: keyFacts,
  faults: ['accepts-missing-key'],
  codes: ['F307', 'F308', 'F311'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['missing-key', 'malformed-key'], ['missing-key', 'malformed-key'], {
      expected: 'status 401',
      isRight: ({ status }) => status === 401,
    }),
};
