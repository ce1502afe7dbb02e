import type { Fault } from '../fault.js';

export const keepsFailedCharge: Fault = {
  id: 'keeps-failed-charge',
  title: 'Keeps what was reserved for a task that failed',
  rationale: 'The answer says that it costs nothing, and the money is gone.',
  facts: ['H12', 'A26', 'E16'],
  applies: (contract) =>
    contract.poll !== undefined && [...contract.sideEndpoints().values()].some(({ kind }) => kind === 'balance'),
  charge: (charge) => ({ ...charge, refundAt: undefined }),
};
