import type { Fault } from '../fault.js';

export const movesCreation: Fault = {
  id: 'moves-creation',
  title: 'Moves the moment of creation along with each poll',
  rationale: 'Lists that are sorted by it change their order, and no task ever grows old.',
  facts: ['A22', 'G14', 'E2', 'E12'],
  applies: ({ submit }) =>
    Object.values(submit?.task.poll?.answer ?? {}).some((field) => 'from' in field && field.from === 'createdAt'),
  view: (view, { poll }) =>
    view.createdAt === undefined ? view : { ...view, createdAt: view.createdAt + poll * 5000 },
};
