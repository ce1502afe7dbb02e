import type { Fault } from '../fault.js';

export const acceptsMissingKey: Fault = {
  id: 'accepts-missing-key',
  title: 'Serves requests without a key',
  rationale: 'Anybody can spend and read.',
  facts: ['H1'],
  applies: () => true,
  account: (found, key, { first }) => found ?? (key === undefined ? first : undefined),
};
