import type { Fault } from '../fault.js';

const pollsUntilEnd = 4;

export const advancesOnPoll: Fault = {
  id: 'advances-on-poll',
  title: 'Moves a task on with each poll instead of with time',
  rationale: 'A client that works against it breaks against a real vendor, and a monitor spoils the measurement.',
  facts: ['H7'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  plan: (plan) => ({ ...plan, startedAt: plan.createdAt, endedAt: plan.createdAt }),
  view: (view, { poll }, { contract }) => {
    if (poll >= pollsUntilEnd) return view;
    const { error: _, finishedAt: __, elapsedSeconds: ___, ...running } = view;
    const { progress } = contract.submit?.task ?? {};
    return { ...running, phase: 'running', results: [], ...(progress === undefined ? {} : { progress: poll * 10 }) };
  },
};
