import type { Fault } from '../fault.js';

export const doneWithoutResult: Fault = {
  id: 'done-without-result',
  title: 'Reports success without a result',
  rationale: 'The client waits for pictures that never come, or crashes on an empty list.',
  facts: ['H6', 'A22', 'G15', 'P2', 'E12'],
  applies: () => true,
  view: (view) => (view.phase === 'succeeded' ? { ...view, results: [] } : view),
};
