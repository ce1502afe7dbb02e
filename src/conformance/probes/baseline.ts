import type { SubmitOperation } from '../../contract/contract.js';
import { submitsOf, unique } from '../contract-facts.js';
import type { Probe } from '../probe.js';
import { SkipProbe } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { bodySchema, contentTypeOf, minimalBody } from '../requests.js';
import { jsonType, propertiesOf } from '../schema.js';

/** Operations that this depth submits to: the first one, and every other at full depth. */
function operationsAt({ contract, depth }: Parameters<Probe['tasks']>[0]) {
  return submitsOf(contract).slice(0, depth === 'full' ? undefined : 1);
}

/** What the contract says of the fields that are required, and so of all others: that they may be left out. */
function requiredFacts({ contract }: Parameters<Probe['tasks']>[0], operation: SubmitOperation): string[] {
  const schema = bodySchema(operation);
  const properties = schema === undefined ? [] : propertiesOf(contract.document, schema);
  return unique(...properties.filter(({ required }) => required).map(({ facts }) => facts));
}

export const baseline: Probe = {
  id: 'baseline',
  title: 'One plain task',
  rationale:
    'The smallest legal request, followed to its end and two polls further: most promises show on one good task.',
  depth: 'smoke',
  tasks: (setting) => operationsAt(setting).length,
  async run(context) {
    const operations = operationsAt(context);
    if (operations.length === 0) throw new SkipProbe('the contract has no operation with x-async-task');
    const rng = context.rng();
    for (const operation of operations) {
      const body = minimalBody(context.contract, operation, plainPrompt(rng));
      if (body === undefined) {
        context.note(`${operation.id}: no legal request could be made from the contract`);
        continue;
      }
      const form = contentTypeOf(operation) === jsonType ? '' : ' as a form';
      const what = `with only the required fields${form}`;
      await context.travel({
        operation,
        body,
        purpose: { case: 'valid', what, facts: unique(operation.facts, requiredFacts(context, operation), ['H12']) },
        extraPolls: 2,
        watchBalance: true,
      });
    }
  },
};
