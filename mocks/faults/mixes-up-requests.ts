import type { Fault } from '../fault.js';

export const mixesUpRequests: Fault = {
  id: 'mixes-up-requests',
  title: 'Answers another request with the task of the first one that had its idempotency key',
  rationale: 'A client that uses a key twice by mistake gets a picture that it did not ask for, and no error.',
  facts: [],
  breaks: ({ submit }) => submit?.task.idempotency?.facts ?? [],
  applies: ({ submit }) => submit?.task.idempotency !== undefined,
  sameRequest: () => true,
};
