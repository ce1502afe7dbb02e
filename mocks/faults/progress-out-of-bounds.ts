import type { Fault } from '../fault.js';
import { slowEnough } from '../lifecycle/slow-enough.js';

export const progressOutOfBounds: Fault = {
  id: 'progress-out-of-bounds',
  title: 'Reports more progress than there is',
  rationale: 'A progress bar leaves its frame.',
  facts: ['E10', 'E2', 'A22'],
  applies: ({ submit }) => submit?.task.progress !== undefined,
  view: (view) => (view.phase === 'running' || view.phase === 'queued' ? { ...view, progress: 140 } : view),
  plan: slowEnough,
};
