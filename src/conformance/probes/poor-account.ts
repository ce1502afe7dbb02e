import { kindFacts, unique } from '../contract-facts.js';
import { type Probe, refusedAs, SkipProbe, submitOf } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody, submitCall } from '../requests.js';

export const poorAccount: Probe = {
  id: 'poor-account',
  title: 'Submitting with an account that has no balance',
  rationale: 'Whoever has nothing left must hear it before the work starts, not find a debt afterwards.',
  depth: 'smoke',
  tasks: () => 0,
  async run(context) {
    const operation = submitOf(context);
    if (operation.task.errors.kinds.paymentRequired === undefined)
      throw new SkipProbe('the contract does not document an answer for it');
    if (!context.hasPoorKey) throw new SkipProbe('needs the key of an account without balance (--poor-key)');
    const body = minimalBody(context.contract, operation, plainPrompt(context.rng()));
    if (body === undefined) throw new SkipProbe('no legal request could be made from the contract');
    const facts = unique(kindFacts(context.contract, ['paymentRequired']));
    const purpose = refusedAs('poor-account', 'from an account without balance', facts, ['paymentRequired']);
    await context.send(submitCall(context.target, operation, body, purpose, { credential: 'poor' }));
  },
};
