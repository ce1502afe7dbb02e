import type { Fault } from '../fault.js';

export const createdOnPoll: Fault = {
  id: 'created-on-poll',
  title: 'Answers a poll with 201',
  rationale: 'Libraries think that something was made.',
  facts: ['H15'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  reply: (reply, { method }) => (method === 'GET' && reply.status === 200 ? { ...reply, status: 201 } : reply),
};
