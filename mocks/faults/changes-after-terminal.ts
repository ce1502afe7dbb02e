import type { Fault } from '../fault.js';

export const changesAfterTerminal: Fault = {
  id: 'changes-after-terminal',
  title: 'Changes a task after it has ended',
  rationale: 'What a client has stored no longer matches what the vendor says.',
  facts: ['H8'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  view: (view, { ended }) => {
    if (ended < 2) return view;
    return view.phase === 'succeeded'
      ? {
          ...view,
          results: view.results.map(({ url, ...rest }) => ({ ...rest, url: `${url}`.replace(/(\d+\.\w+)$/, '0$1') })),
        }
      : { ...view, phase: 'running' };
  },
};
