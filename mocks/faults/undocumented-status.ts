import type { Fault } from '../fault.js';

export const undocumentedStatus: Fault = {
  id: 'undocumented-status',
  title: 'Accepts a task with a status that no page shows',
  rationale: 'A client that tests for the documented status takes the answer for an error.',
  facts: ['A2', 'G8', 'P2', 'E2'],
  applies: () => true,
  reply: (reply, _, { operation }) =>
    operation.task !== undefined && reply.status === 200 ? { ...reply, status: 207 } : reply,
};
