import type { Fault } from '../fault.js';

export const noAllow: Fault = {
  id: 'no-allow',
  title: 'Leaves Allow out of a 405',
  rationale: 'Whoever chose the wrong method is not told the right one.',
  facts: ['H4'],
  applies: () => true,
  unrouted: ({ headers: { allow: _, ...headers }, ...reply }) => ({ ...reply, headers }),
};
