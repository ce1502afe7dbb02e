import type { Fault } from '../fault.js';

export const changesId: Fault = {
  id: 'changes-id',
  title: 'Gives a task another id when it is polled',
  rationale: 'A client that stores the id of the answer loses its task.',
  facts: ['H12'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  view: (view, { poll }) => ({ ...view, id: `${view.id}${poll}` }),
};
