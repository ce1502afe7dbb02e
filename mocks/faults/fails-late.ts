import type { TaskError } from '../../src/core/task.js';
import type { Fault } from '../fault.js';

const afterSuccess = 'succeeded';

export const failsLate: Fault = {
  id: 'fails-late',
  title: 'Lets a task fail when it was as good as done',
  rationale:
    'Moderation that looks at the finished picture takes it back: who has shown it already has to hide it again.',
  facts: ['H8'],
  argument: {
    syntax: `${afterSuccess} | PROGRESS`,
    says: `When: after the first answer that called it ${afterSuccess} (so without), or at a progress such as 95. Failing at 95 percent breaks no promise; a client must cope with it.`,
    example: '95',
    problem: (text) =>
      text === afterSuccess || (/^\d{1,2}$/.test(text) && Number(text) > 0)
        ? undefined
        : `is neither ${afterSuccess} nor a progress from 1 to 99`,
  },
  applies: ({ submit }) => submit?.task.mode === 'poll',
  plan(plan, { argument = afterSuccess, contract }) {
    if (argument === afterSuccess || plan.outcome === 'failed') return plan;
    const failure = contract.submit?.task.failures?.moderation ?? { message: 'Refused by the content policy' };
    return { ...plan, outcome: 'failed', failsAt: Number(argument), failure: failure as TaskError };
  },
  view(view, { ended }, { argument = afterSuccess, contract }) {
    if (argument !== afterSuccess || ended < 2 || view.phase !== 'succeeded') return view;
    const error = contract.submit?.task.failures?.moderation ?? { message: 'Refused by the content policy' };
    return { ...view, phase: 'failed', results: [], error: error as TaskError };
  },
};
