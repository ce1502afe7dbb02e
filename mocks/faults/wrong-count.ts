import type { Fault } from '../fault.js';

export const wrongCount: Fault = {
  id: 'wrong-count',
  title: 'Delivers fewer images than asked for',
  rationale: 'Some of what was paid for is missing.',
  facts: ['A20', 'P5', 'E9', 'H6'],
  applies: ({ submit }) => submit?.task.request.count !== undefined,
  view: (view) => (view.results.length > 1 ? { ...view, results: view.results.slice(1) } : view),
};
