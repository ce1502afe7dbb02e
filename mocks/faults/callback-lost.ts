import type { Fault } from '../fault.js';

export const callbackLost: Fault = {
  id: 'callback-lost',
  title: 'Never calls a receiver',
  rationale: 'A client that waits for the call alone waits for ever.',
  facts: ['A30', 'E17', 'G7'],
  applies: ({ submit }) => submit?.task.mode === 'poll' && submit.task.request.callback !== undefined,
  oddity: 'lost',
};
