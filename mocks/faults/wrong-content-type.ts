import type { Fault } from '../fault.js';

export const wrongContentType: Fault = {
  id: 'wrong-content-type',
  title: 'Calls its JSON text/html',
  rationale: 'Clients that choose their parser by content type cannot read the answer.',
  facts: ['H2'],
  applies: () => true,
  reply: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/html; charset=utf-8' } }),
};
