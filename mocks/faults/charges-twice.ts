import type { Fault } from '../fault.js';

export const chargesTwice: Fault = {
  id: 'charges-twice',
  title: 'Takes the price of a task twice',
  rationale: 'Every picture costs double, and no answer says so.',
  facts: ['H16', 'A26', 'E16'],
  applies: (contract) =>
    contract.poll !== undefined && [...contract.sideEndpoints().values()].some(({ kind }) => kind === 'balance'),
  charge: (charge) => ({ ...charge, amount: charge.amount * 2 }),
};
