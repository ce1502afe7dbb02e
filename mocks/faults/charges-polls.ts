import type { Fault } from '../fault.js';

export const chargesPolls: Fault = {
  id: 'charges-polls',
  title: 'Takes money for each poll',
  rationale: 'Who asks more often pays more for the same picture.',
  facts: ['H7', 'H16'],
  applies: (contract) =>
    contract.poll !== undefined && [...contract.sideEndpoints().values()].some(({ kind }) => kind === 'balance'),
  task: (found, { account }) => {
    account.reserve(0.5, undefined);
    return found;
  },
};
