import type { Fault } from '../fault.js';

export const leaksForeignTask: Fault = {
  id: 'leaks-foreign-task',
  title: 'Shows a task to another account',
  rationale: 'Prompts and pictures of strangers can be read.',
  facts: ['H9'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  task: (found, { anyone }) => found ?? anyone,
};
