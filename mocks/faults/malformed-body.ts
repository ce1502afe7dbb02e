import type { Fault } from '../fault.js';

export const malformedBody: Fault = {
  id: 'malformed-body',
  title: 'Cuts the JSON of its answers short',
  rationale: 'Every parser throws, and what was paid for cannot be read.',
  facts: ['H2'],
  applies: () => true,
  reply: (reply) =>
    typeof reply.body === 'string' && reply.status === 200
      ? { ...reply, body: reply.body.slice(0, Math.ceil(reply.body.length / 2)) }
      : reply,
};
