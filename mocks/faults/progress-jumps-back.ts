import type { Fault } from '../fault.js';
import { slowEnough } from '../lifecycle/slow-enough.js';

export const progressJumpsBack: Fault = {
  id: 'progress-jumps-back',
  title: 'Lets progress fall',
  rationale: 'A progress bar runs backwards.',
  facts: ['E10', 'A22'],
  applies: ({ submit }) => submit?.task.progress !== undefined,
  view: (view, { poll }) => (view.phase === 'running' ? { ...view, progress: poll % 2 === 1 ? 60 : 30 } : view),
  plan: slowEnough,
};
