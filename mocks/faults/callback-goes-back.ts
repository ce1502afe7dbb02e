import type { Fault } from '../fault.js';

export const callbackGoesBack: Fault = {
  id: 'callback-goes-back',
  title: 'Tells a receiver that a task runs after telling of its end',
  rationale: 'A client starts its progress bar again for a task that is over.',
  facts: ['H13i'],
  applies: ({ submit }) => submit?.task.mode === 'poll' && submit.task.request.callback !== undefined,
  oddity: 'duplicated',
  callbackView: (view, attempt) => {
    if (attempt === 1) return view;
    const { error: _, finishedAt: __, elapsedSeconds: ___, ...running } = view;
    return { ...running, phase: 'running', progress: 50, results: [] };
  },
};
