import type { Contract } from '../../src/contract/contract.js';
import { hash32 } from '../../src/platform/random.js';
import type { Fault } from '../fault.js';
import { wordArgument } from '../fault-argument.js';
import type { Plan } from '../lifecycle/plan.js';

/** About every second task. */
function isCharged({ seed }: Plan): boolean {
  return hash32('charged twice', seed) % 2 === 0;
}

function showsCost({ submit }: Contract): boolean {
  return Object.values(submit?.task.poll?.answer ?? {}).some(
    (field) => 'from' in field && field.from === 'cost' && (!('when' in field) || field.when?.includes('succeeded')),
  );
}

export const doubleCharge: Fault = {
  id: 'double-charge',
  title: 'Charges a task twice now and then',
  rationale: 'A submit that was sent once is paid for twice, and only who adds up notices.',
  facts: [],
  breaks: ({ submit }) => submit?.task.price?.facts ?? [],
  argument: wordArgument(
    ['told', 'untold'],
    'Whether the answer about the task tells it (so without) or only the balance shows it.',
    'untold',
  ),
  applies: showsCost,
  plan: (plan, { argument }) => (argument !== 'untold' && isCharged(plan) ? { ...plan, price: plan.price * 2 } : plan),
  charge: (charge, plan) => (isCharged(plan) ? { ...charge, amount: charge.amount * 2 } : charge),
};
