import type { Fault } from '../fault.js';

export const notFoundAtFirst: Fault = {
  id: 'not-found-at-first',
  title: 'Does not know a task right after handing out its id',
  rationale: 'A client takes a running, paid task for lost and submits it again.',
  facts: ['H12'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  task: (found, { attempt }) => (attempt <= 2 ? undefined : found),
};
