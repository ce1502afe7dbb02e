import type { Fault } from '../fault.js';
import { slowEnough } from '../lifecycle/slow-enough.js';

export const goesBack: Fault = {
  id: 'goes-back',
  title: 'Reports a running task as queued again',
  rationale: 'A progress bar jumps back; a client that counts restarts gives up.',
  facts: ['H7', 'A23', 'G13', 'E11'],
  applies: ({ submit }) =>
    submit?.task.mode === 'poll' && Object.values(submit.task.status?.words ?? {}).includes('queued'),
  // Running, then queued, then as it really is: three polls are enough to see it.
  view: (view, { poll }) =>
    view.phase === 'queued' || view.phase === 'running'
      ? { ...view, phase: poll % 2 === 1 ? 'running' : 'queued' }
      : view,
  plan: slowEnough,
};
