import type { Fault } from '../fault.js';

export const runsAgain: Fault = {
  id: 'runs-again',
  title: 'Calls a task that has ended running again',
  rationale: 'A client that polls on waits for ever; one that stopped has another truth than its bill.',
  facts: ['H8'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  view: (view, { ended }) => {
    if (ended < 2) return view;
    const { error: _, finishedAt: __, elapsedSeconds: ___, ...running } = view;
    return { ...running, phase: 'running', progress: 50, results: [] };
  },
};
