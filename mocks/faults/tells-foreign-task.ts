import type { Fault } from '../fault.js';

export const tellsForeignTask: Fault = {
  id: 'tells-foreign-task',
  title: 'Refuses another account otherwise than an unknown task',
  rationale: 'Whoever asks for made-up ids with a second key finds out which tasks exist.',
  facts: ['H9', 'H9i'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  // A refusal does not tell whose task was asked for, so this one goes to whatever the second well-known key asks.
  reply: (reply, { method, headers }, { contract }) =>
    method === 'GET' && reply.status >= 400 && headers['authorization'] === `Bearer sk-${contract.id}-other`
      ? { ...reply, status: 403 }
      : reply,
};
