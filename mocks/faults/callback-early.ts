import type { Fault } from '../fault.js';

export const callbackEarly: Fault = {
  id: 'callback-early',
  title: 'Tells a receiver of the end while polls say that the task runs',
  rationale: 'Whoever asks again to be sure hears the contrary.',
  facts: ['A30', 'E17', 'G7'],
  applies: ({ submit }) => submit?.task.mode === 'poll' && submit.task.request.callback !== undefined,
  oddity: 'early',
};
