import type { Fault } from '../fault.js';

export const neverEnds: Fault = {
  id: 'never-ends',
  title: 'Leaves a task running for ever',
  rationale: 'A client without a deadline hangs, and the price stays reserved.',
  facts: ['H12'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  plan: (plan) => ({ ...plan, endedAt: plan.endedAt + 365 * 86_400_000 }),
};
