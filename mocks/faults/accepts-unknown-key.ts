import type { Fault } from '../fault.js';

export const acceptsUnknownKey: Fault = {
  id: 'accepts-unknown-key',
  title: 'Serves requests with any key',
  rationale: 'A revoked key goes on working.',
  facts: ['H1'],
  applies: () => true,
  account: (found, key, { first }) => found ?? (key === undefined ? undefined : first),
};
