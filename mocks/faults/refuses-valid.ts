import { getAt } from '../../src/core/pointer.js';
import type { Fault } from '../fault.js';
import { pointerArgument } from '../fault-argument.js';
import { submitFacts } from '../fault-facts.js';

/** What is legal and yet refused now and then: other scripts, and fields that are not on the page. */
const unusual = /[^\x20-\x7e]|proofsheet_unknown/;

export const refusesValid: Fault = {
  id: 'refuses-valid',
  title: 'Refuses requests that the page allows',
  rationale: 'What works in the documentation fails in production.',
  facts: ['H3', 'H10', 'H11'],
  breaks: (contract) => [
    ...submitFacts(contract),
    ...contract.operations.flatMap(({ task, facts }) =>
      task === undefined ? [] : [...facts, ...(task.ignore ?? []).flatMap((rule) => rule.facts ?? [])],
    ),
  ],
  argument: pointerArgument(
    'The field that is refused whatever its value; without, every prompt that is not plain ASCII and every field that is not on the page.',
    '/n',
  ),
  applies: () => true,
  violations(found, body, { argument }) {
    const refused = argument === undefined ? unusual.test(JSON.stringify(body)) : getAt(body, argument) !== undefined;
    if (found.length > 0 || !refused) return found;
    return [{ pointer: argument ?? '/prompt', keyword: 'pattern', schema: '', message: 'is not allowed', facts: [] }];
  },
};
