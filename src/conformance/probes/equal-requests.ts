import { type Json, withAt } from '../../core/pointer.js';
import { unique } from '../contract-facts.js';
import { showsSuccessCost } from '../price.js';
import { pricedBody } from '../priced-body.js';
import { type Probe, type ProbeSetting, SkipProbe, submitOf, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { bodySchema, minimalBody } from '../requests.js';

/** One request twice, then for two images: whatever the vendor could choose to bill by is said. */
function bodiesAt(setting: ProbeSetting, prompt: string): Json[] {
  const { contract } = setting;
  const { submit } = contract;
  if (submit === undefined || !showsSuccessCost(contract)) return [];
  const minimal = minimalBody(contract, submit, prompt);
  if (minimal === undefined) return [];
  const isLegal = (body: Json) => contract.violations(bodySchema(submit) ?? '', body).length === 0;
  const explicit = pricedBody(contract, submit, minimal);
  const { count } = submit.task.request;
  const twice = count === undefined || submit.task.price?.per !== 'image' ? undefined : withAt(explicit, count, 2);
  return [explicit, explicit, ...(twice !== undefined && isLegal(twice) ? [twice] : [])];
}

export const equalRequests: Probe = {
  id: 'equal-requests',
  title: 'One request twice, and for two images',
  rationale: 'Whether a price list is kept to is seen when the same thing is bought again.',
  depth: 'full',
  tasks: (setting) => bodiesAt(setting, 'x').length,
  async run(context) {
    const bodies = bodiesAt(context, plainPrompt(context.rng()));
    if (bodies.length === 0) throw new SkipProbe('answers of this vendor do not show what success costs');
    const operation = submitOf(context);
    const facts = unique(operation.facts, operation.task.price?.facts);
    await together(
      bodies.map((body) =>
        context.travel({ operation, body, purpose: { case: 'valid', what: 'that is sent again', facts } }),
      ),
    );
  },
};
