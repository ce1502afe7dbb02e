import type { Fault } from '../fault.js';

export const callbackLate: Fault = {
  id: 'callback-late',
  title: 'Calls a receiver long after the end',
  rationale: 'A person waits for a picture that is there.',
  facts: ['H13i'],
  applies: ({ submit }) => submit?.task.mode === 'poll' && submit.task.request.callback !== undefined,
  oddity: 'late',
};
