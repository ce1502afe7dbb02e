import type { Fault } from '../fault.js';

export const cutsAnswers: Fault = {
  id: 'cuts-answers',
  title: 'Ends its answers in the middle',
  rationale: 'A client sees a broken connection, or worse, takes half an answer for a whole one.',
  facts: ['H2'],
  applies: () => true,
  reply: (reply) => (reply.status === 200 && typeof reply.body === 'string' ? { ...reply, cut: 'truncate' } : reply),
};
