import type { Fault } from '../fault.js';

export const failureWithoutReason: Fault = {
  id: 'failure-without-reason',
  title: 'Lets a task fail without saying why',
  rationale: 'Nobody can tell a refused prompt from an outage.',
  facts: ['A22', 'G16', 'E12', 'E15'],
  breaks: ({ submit }) => submit?.task.failures?.moderation.facts ?? [],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  view: ({ error, ...view }) => (view.phase === 'failed' || error === undefined ? view : { ...view, error }),
};
