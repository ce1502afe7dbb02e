import type { Fault } from '../fault.js';

export const chargesFailure: Fault = {
  id: 'charges-failure',
  title: 'Charges for a failed task',
  rationale: 'Money for nothing.',
  facts: ['G16', 'G17', 'A26', 'H12'],
  applies: ({ submit }) =>
    Object.values(submit?.task.poll?.answer ?? {}).some((field) => 'from' in field && field.from === 'cost'),
  view: (view) => (view.phase === 'failed' ? { ...view, cost: 10 } : view),
};
