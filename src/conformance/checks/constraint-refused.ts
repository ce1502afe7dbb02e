import type { Check } from '../check.js';
import { judgeRefusals, requestFacts } from '../judging.js';

export const constraintRefused: Check = {
  id: 'constraint-refused',
  title: 'Each broken constraint is refused',
  rationale: 'A mistake that is accepted costs money and gives a picture that nobody asked for.',
  facts: [],
  covers: requestFacts,
  faults: ['accepts-invalid', 'crashes-on-invalid'],
  codes: ['F206'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['broken-constraint'], ['broken-constraints', 'doubtful-constraints', 'side-endpoints'], {
      expected: 'a refusal with a 4xx',
    }),
};
