import type { Fault } from '../fault.js';

export const acceptsPoor: Fault = {
  id: 'accepts-poor',
  title: 'Accepts a task from an account that cannot pay',
  rationale: 'The balance goes below zero, and the surprise comes with the bill.',
  facts: ['A5', 'E14'],
  applies: ({ submit }) => submit?.task.errors.kinds.paymentRequired !== undefined,
  affords: () => true,
};
