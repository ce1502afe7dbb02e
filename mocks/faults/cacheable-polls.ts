import type { Fault } from '../fault.js';

export const cacheablePolls: Fault = {
  id: 'cacheable-polls',
  title: 'Lets caches keep answers to polls',
  rationale: 'Behind a proxy no task ever ends.',
  facts: ['H15i'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  reply: (reply, { method }) =>
    method === 'GET' ? { ...reply, headers: { ...reply.headers, 'cache-control': 'public, max-age=600' } } : reply,
};
