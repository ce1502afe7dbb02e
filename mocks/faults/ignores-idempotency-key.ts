import type { Fault } from '../fault.js';

export const ignoresIdempotencyKey: Fault = {
  id: 'ignores-idempotency-key',
  title: 'Starts another task when a submit is repeated with its idempotency key',
  rationale: 'A client that repeats a submit after a broken connection, as it was told it may, pays twice.',
  facts: [],
  breaks: ({ submit }) => submit?.task.idempotency?.facts ?? [],
  applies: ({ submit }) => submit?.task.idempotency !== undefined,
  submitted: (request, { contract }) => {
    const header = contract.submit?.task.idempotency?.header.toLowerCase() ?? '';
    const { [header]: _, ...headers } = request.headers;
    return { ...request, headers };
  },
};
