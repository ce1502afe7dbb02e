import type { Fault } from '../fault.js';

export const callbackWrongSignature: Fault = {
  id: 'callback-wrong-signature',
  title: 'Signs calls with another secret',
  rationale: 'A careful receiver turns every call away.',
  facts: ['H13'],
  applies: ({ submit }) => submit?.task.mode === 'poll' && submit.task.request.callback !== undefined,
  oddity: 'wrong-signature',
};
