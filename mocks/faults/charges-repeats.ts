import type { Fault } from '../fault.js';

export const chargesRepeats: Fault = {
  id: 'charges-repeats',
  title: 'Takes money again for a submit that is repeated with its idempotency key',
  rationale: 'The answer is the first one, and the bill has it twice.',
  facts: ['H16'],
  breaks: ({ submit }) => submit?.task.idempotency?.facts ?? [],
  applies: (contract) =>
    contract.submit?.task.idempotency !== undefined &&
    [...contract.sideEndpoints().values()].some(({ kind }) => kind === 'balance'),
  replayed: (reply, account) => {
    account.reserve(0.5, undefined);
    return reply;
  },
};
