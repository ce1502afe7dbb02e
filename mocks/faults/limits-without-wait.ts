import type { Fault } from '../fault.js';

export const limitsWithoutWait: Fault = {
  id: 'limits-without-wait',
  title: 'Throttles without saying for how long',
  rationale: 'Clients try again at once and make it worse.',
  facts: ['H14i'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  limits: { poll: { perSecond: 10, burst: 20 } },
  reply: (reply) => {
    const { 'retry-after': _, ...headers } = reply.headers;
    return reply.status === 429 ? { ...reply, headers } : reply;
  },
};
