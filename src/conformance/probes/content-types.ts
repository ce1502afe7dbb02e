import { openBodies } from '../cases/odd-bodies.js';
import { chosen } from '../cases/thoroughness.js';
import { unique } from '../contract-facts.js';
import type { Purpose } from '../evidence.js';
import { type Probe, type ProbeSetting, SkipProbe, submitOf } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { contentTypeOf, minimalBody, rawSubmitCall } from '../requests.js';
import { jsonType } from '../schema.js';
import { sendAll } from '../send-all.js';

function bodiesAt(setting: ProbeSetting, prompt: string) {
  const { contract, cases, loopback } = setting;
  const { submit } = contract;
  if (submit === undefined || !loopback || contentTypeOf(submit) !== jsonType) return [];
  const body = minimalBody(contract, submit, prompt);
  return body === undefined ? [] : chosen(openBodies(JSON.stringify(body)), cases);
}

export const contentTypes: Probe = {
  id: 'content-types',
  title: 'One request under other content types and in other ways to write JSON',
  rationale:
    'Every HTTP library writes its headers and its JSON a little differently; none of them may crash a server.',
  depth: 'full',
  tasks: (setting) => bodiesAt(setting, 'x').length,
  async run(context) {
    const operation = submitOf(context);
    const bodies = bodiesAt(context, plainPrompt(context.rng()));
    if (bodies.length === 0) throw new SkipProbe('only sent on this machine, and to vendors that take JSON');
    await sendAll(
      context,
      bodies.map(({ what, type, body, isLegal }) => {
        const facts = unique(['H2'], operation.facts);
        const purpose: Purpose =
          isLegal === true
            ? { case: 'valid', what, facts }
            : { case: 'open', what, facts, refusal: ['invalidRequest', 'unsupportedMediaType', 'bodyTooLarge'] };
        return rawSubmitCall(context.target, operation, type, body, purpose);
      }),
    );
  },
};
