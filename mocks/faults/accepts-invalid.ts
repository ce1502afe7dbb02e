import type { Fault } from '../fault.js';
import { pointerArgument } from '../fault-argument.js';
import { submitFacts } from '../fault-facts.js';

export const acceptsInvalid: Fault = {
  id: 'accepts-invalid',
  title: 'Accepts what its page says it refuses',
  rationale: 'The client pays for a request that could not be meant, and learns of its mistake from a wrong picture.',
  facts: ['H2i'],
  breaks: submitFacts,
  argument: pointerArgument('The place of the body that goes unchecked; the whole body without.', '/size'),
  applies: () => true,
  violations: (found, _, { argument }) =>
    argument === undefined
      ? []
      : found.filter(({ pointer }) => pointer !== argument && !pointer.startsWith(`${argument}/`)),
};
