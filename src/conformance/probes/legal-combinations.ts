import { withAt } from '../../core/pointer.js';
import { legalCasesOf } from '../cases/legal.js';
import { chosen } from '../cases/thoroughness.js';
import { submitsOf } from '../contract-facts.js';
import { type Probe, type ProbeSetting, SkipProbe } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { submitCall } from '../requests.js';
import { sendAll } from '../send-all.js';

/** Elsewhere each costs money, and the variants have seen every value already. */
function casesAt({ contract, cases, loopback }: ProbeSetting) {
  if (!loopback) return [];
  return submitsOf(contract).flatMap((operation) =>
    chosen(legalCasesOf(contract, operation), cases).map((one) => ({ operation, ...one })),
  );
}

export const legalCombinations: Probe = {
  id: 'legal-combinations',
  title: 'Every two documented values that may stand together, beside each model',
  rationale: 'A validation that is too strict refuses what two lines of the page allow each, and nobody tried both.',
  depth: 'full',
  tasks: (setting) => casesAt(setting).length,
  async run(context) {
    const cases = casesAt(context);
    if (cases.length === 0) throw new SkipProbe('only sent on this machine: there are many, and each is a task');
    const prompt = plainPrompt(context.rng());
    await sendAll(
      context,
      cases.map(({ operation, body, what, facts }) => {
        const place = operation.task.request.prompt;
        const own = place === undefined ? body : withAt(body, place, prompt);
        return submitCall(context.target, operation, own, { case: 'valid', what, facts });
      }),
    );
  },
};
