import { withAt } from '../../core/pointer.js';
import { type Probe, submitOf } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

export const unknownField: Probe = {
  id: 'unknown-field',
  title: 'A field that no page knows',
  rationale: 'Clients written for several vendors send fields that one of them does not know.',
  depth: 'full',
  tasks: ({ contract }) => (contract.submit === undefined ? 0 : 1),
  async run(context) {
    const operation = submitOf(context);
    const minimal = minimalBody(context.contract, operation, plainPrompt(context.rng()));
    if (minimal === undefined) return context.note('no legal request could be made from the contract');
    const body = withAt(minimal, '/proofsheet_unknown', 'kept aside');
    await context.travel({
      operation,
      body,
      purpose: {
        case: 'valid',
        what: 'with a field that no page knows',
        facts: ['H3'],
        pointer: '/proofsheet_unknown',
      },
    });
  },
};
