import type { Fault } from '../fault.js';
import { stillAtWork } from '../still-at-work.js';

export const cancelsOnHangUp: Fault = {
  id: 'cancels-on-hang-up',
  title: 'Gives a task up when somebody who asks for it hangs up',
  rationale: 'A closed tab or a proxy with a short time-out ends the work that somebody else waits for.',
  facts: ['H7'],
  applies: ({ poll }) => poll !== undefined,
  ...stillAtWork,
  hungUp: ({ by, cancel }) => (by === 'poll' ? cancel() : undefined),
};
