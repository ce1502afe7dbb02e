import type { Fault } from '../fault.js';

export const refusesValid: Fault = {
  id: 'refuses-valid',
  title: 'Refuses requests that the page allows',
  rationale:
    'What works in the documentation fails in production. Refuses every prompt that is not plain ASCII and every field that is not on the page.',
  facts: ['H3', 'H10', 'H11', 'A8', 'P4', 'G2', 'E5'],
  applies: () => true,
  violations: (found, body) =>
    found.length === 0 && /[^\x20-\x7e]|proofsheet_unknown/.test(JSON.stringify(body))
      ? [
          {
            pointer: '/prompt',
            keyword: 'pattern',
            schema: '',
            message: 'has characters that are not allowed',
            facts: [],
          },
        ]
      : found,
};
