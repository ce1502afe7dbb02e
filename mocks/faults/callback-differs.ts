import type { Fault } from '../fault.js';

export const callbackDiffers: Fault = {
  id: 'callback-differs',
  title: 'Tells a receiver of another end than a poll',
  rationale: 'Half of the clients store the wrong end.',
  facts: ['A30', 'E17', 'G7'],
  applies: ({ submit }) => submit?.task.mode === 'poll' && submit.task.request.callback !== undefined,
  oddity: 'differs-from-poll',
};
