import type { Fault } from '../fault.js';

export const callbackUnending: Fault = {
  id: 'callback-unending',
  title: 'Goes on calling after it was answered',
  rationale: 'A receiver does its work again and again.',
  facts: ['A30', 'E17'],
  applies: ({ submit }) => (submit?.task.callback?.retries ?? []).length > 0,
  callbackSchedule: (schedule) => ({ ...schedule, isFinal: () => false }),
};
