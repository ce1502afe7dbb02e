import type { Json } from '../../core/pointer.js';
import { variantsOf } from '../cases/variants.js';
import { parameterFor, unique } from '../contract-facts.js';
import { type Probe, type ProbeSetting, submitOf, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

function variantsAt(setting: ProbeSetting, prompt: string) {
  const operation = submitOf(setting);
  const minimal = minimalBody(setting.contract, operation, prompt);
  const none = { bodies: [] as readonly Json[], skipped: ['no legal request could be made from the contract'] };
  return minimal === undefined ? none : variantsOf(setting.contract, operation, minimal, setting.loopback);
}

export const variants: Probe = {
  id: 'variants',
  title: 'Every documented value of size, format, background, quality, count and model',
  rationale: 'A value that is accepted and then delivered otherwise is only seen in the bytes of the image.',
  depth: 'full',
  tasks: (setting) => (setting.contract.submit === undefined ? 0 : variantsAt(setting, 'x').bodies.length),
  async run(context) {
    const operation = submitOf(context);
    const { bodies, skipped } = variantsAt(context, plainPrompt(context.rng()));
    for (const reason of skipped) context.note(reason);
    const roles = [
      'size',
      'format',
      'background',
      'quality',
      'count',
      'model',
      'style',
      'encoding',
      'moderation',
      'fidelity',
    ] as const;
    await together(
      bodies.map((body) => {
        const { prompt: _, ...shown } = body as Record<string, Json>;
        const facts = roles.flatMap((role) => {
          const parameter = parameterFor(context.contract, operation, role);
          return parameter !== undefined && parameter.name in shown ? parameter.facts : [];
        });
        const what = `with ${JSON.stringify(shown)}`;
        return context.travel({
          operation,
          body,
          purpose: { case: 'valid', what, facts: unique(facts, operation.facts) },
        });
      }),
    );
  },
};
