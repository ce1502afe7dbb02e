import type { Fault } from '../fault.js';

export const liesAboutWait: Fault = {
  id: 'lies-about-wait',
  title: 'Throttles for much longer than it says',
  rationale: 'Whoever waits as told is turned away again and again.',
  facts: ['H14i'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  limits: { poll: { perSecond: 0.05, burst: 40 } },
  reply: (reply) => (reply.status === 429 ? { ...reply, headers: { ...reply.headers, 'retry-after': '1' } } : reply),
};
