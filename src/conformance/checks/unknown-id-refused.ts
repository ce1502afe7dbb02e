import type { Check } from '../check.js';
import { idFacts, kindFacts, unique } from '../contract-facts.js';
import { judgeRefusals } from '../judging.js';

export const unknownIdRefused: Check = {
  id: 'unknown-id-refused',
  title: 'An id that belongs to no task is refused',
  rationale: 'A client that is told "still running" about a task that does not exist waits for ever.',
  facts: ['H12'],
  covers: (contract) => unique(kindFacts(contract, ['unknownTask', 'malformedTaskId']), idFacts(contract)),
  faults: ['unknown-task-pending', 'unknown-task-crashes', 'crashes-on-invalid'],
  judge: (evidence) =>
    judgeRefusals(evidence, ['unknown-task'], ['unknown-task-id'], { expected: 'a refusal with a 4xx' }),
};
