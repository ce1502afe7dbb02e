import type { Fault } from '../fault.js';
import { stillAtWork } from '../still-at-work.js';

export const keepsPlaces: Fault = {
  id: 'keeps-places',
  title: 'Never frees the place of a task whose client hung up, and has six of them',
  rationale: 'After a few broken connections an account is told for ever that it does too much at once.',
  facts: ['H18i'],
  applies: ({ submit }) => submit !== undefined,
  ...stillAtWork,
  limits: { concurrency: 6 },
  hungUp: ({ by, keepPlace }) => (by === 'submit' ? keepPlace() : undefined),
};
