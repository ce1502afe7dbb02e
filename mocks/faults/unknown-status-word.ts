import type { Fault } from '../fault.js';
import { slowEnough } from '../lifecycle/slow-enough.js';

export const unknownStatusWord: Fault = {
  id: 'unknown-status-word',
  title: 'Reports a status word that no page lists',
  rationale: 'A client that waits for the words it knows waits for ever.',
  facts: ['A23', 'G13', 'E11'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  view: (view) => (view.phase === 'running' ? { ...view, statusWord: 'reticulating' } : view),
  plan: slowEnough,
};
