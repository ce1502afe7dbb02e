import type { Fault } from '../fault.js';

export const throttlesAdvisedPolls: Fault = {
  id: 'throttles-advised-polls',
  title: 'Throttles polls that keep to the advised pace',
  rationale: 'A client that does what the page says cannot see its task.',
  facts: ['G18', 'H14i'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  limits: { poll: { perSecond: 1 / 60, burst: 1 } },
  reply: (reply) => (reply.status === 429 ? { ...reply, headers: { ...reply.headers, 'retry-after': '6' } } : reply),
};
