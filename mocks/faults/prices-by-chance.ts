import { hash32 } from '../../src/platform/random.js';
import type { Fault } from '../fault.js';

export const pricesByChance: Fault = {
  id: 'prices-by-chance',
  title: 'Takes another price for each task',
  rationale: 'No budget can be planned and no bill checked.',
  facts: [],
  breaks: ({ submit }) => submit?.task.price?.facts ?? [],
  applies: ({ submit }) =>
    Object.values(submit?.task.poll?.answer ?? {}).some(
      (field) => 'from' in field && field.from === 'cost' && (!('when' in field) || field.when?.includes('succeeded')),
    ),
  view: (view) =>
    view.phase === 'succeeded' && view.cost !== undefined
      ? { ...view, cost: view.cost * (1 + (hash32(view.id ?? '') % 97)) }
      : view,
};
