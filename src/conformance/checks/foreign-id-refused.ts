import type { Check } from '../check.js';
import { judgeRefusals } from '../judging.js';

export const foreignIdRefused: Check = {
  id: 'foreign-id-refused',
  title: 'Another account cannot read a task',
  rationale: 'Prompts and images are private; ids leak into logs and support mails.',
  facts: ['H9'],
  faults: ['leaks-foreign-task'],
  codes: ['F306'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['foreign-task'], ['foreign-account'], { expected: 'a refusal with a 4xx' }),
};
