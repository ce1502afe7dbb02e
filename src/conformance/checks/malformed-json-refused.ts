import type { Check } from '../check.js';
import { judgeRefusals } from '../judging.js';

export const malformedJsonRefused: Check = {
  id: 'malformed-json-refused',
  title: 'A body that does not parse is refused',
  rationale: 'A body that a proxy cut short must not become a task, nor a crash page.',
  facts: ['H2'],
  faults: ['crashes-on-invalid'],
  codes: ['F206'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['malformed-json'], ['malformed-json'], { expected: 'a refusal with a 4xx' }),
};
