import type { Fault } from '../fault.js';
import { stillAtWork } from '../still-at-work.js';

export const chargesHangUps: Fault = {
  id: 'charges-hang-ups',
  title: 'Takes the price of a task once more when the client of its submit hangs up',
  rationale: 'Whoever never got an answer pays twice for a task that nobody can ask for.',
  facts: ['H16'],
  applies: (contract) => [...contract.sideEndpoints().values()].some(({ kind }) => kind === 'balance'),
  ...stillAtWork,
  hungUp: ({ by, task }) => (by === 'submit' ? task.account.reserve(task.plan.price, undefined) : undefined),
};
