import type { Fault } from '../fault.js';

export const miscountsLimits: Fault = {
  id: 'miscounts-limits',
  title: 'Tells more requests to be left than there are',
  rationale: 'Clients that pace themselves by the count run into the limit.',
  facts: ['H14i'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  limits: { poll: { perSecond: 10, burst: 20 } },
  reply: (reply) =>
    reply.headers['x-ratelimit-limit'] === undefined
      ? reply
      : { ...reply, headers: { ...reply.headers, 'x-ratelimit-remaining': '99' } },
};
