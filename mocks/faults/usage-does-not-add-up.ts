import type { Fault } from '../fault.js';

export const usageDoesNotAddUp: Fault = {
  id: 'usage-does-not-add-up',
  title: 'Tells token counts whose sum is wrong',
  rationale: 'A bill that is checked against them never comes out right.',
  facts: ['P3'],
  applies: ({ submit }) =>
    Object.values(submit?.task.answer ?? {}).some((field) => 'from' in field && field.from === 'usage.total'),
  view: (view) =>
    view.usage?.total === undefined ? view : { ...view, usage: { ...view.usage, total: view.usage.total + 7 } },
};
