import type { Fault } from '../fault.js';
import { slowEnough } from '../lifecycle/slow-enough.js';

const pollsBefore = 2;

export const losesTask: Fault = {
  id: 'loses-task',
  title: 'Forgets a task while it runs',
  rationale: 'What was paid for is gone, and a client cannot tell it from a mistyped id.',
  facts: ['H12'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  plan: slowEnough,
  task: (found, { attempt }) => (attempt > pollsBefore ? undefined : found),
};
