import type { Fault } from '../fault.js';

export const callbackOnce: Fault = {
  id: 'callback-once',
  title: 'Does not call again after it was turned away',
  rationale: 'A receiver that restarts at the wrong moment never hears of the end.',
  facts: ['A30', 'E17'],
  applies: ({ submit }) => (submit?.task.callback?.retries ?? []).length > 0,
  callbackSchedule: (schedule) => ({ ...schedule, retriesMs: [] }),
};
