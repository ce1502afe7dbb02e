import { submitsOf } from '../contract-facts.js';
import { type Probe, type ProbeSetting, SkipProbe, together } from '../probe.js';
import { contentTypeOf } from '../requests.js';
import { examplesOf } from '../schema.js';

function examplesAt({ contract }: ProbeSetting) {
  const seen = new Set<string>();
  return submitsOf(contract).flatMap((operation) =>
    examplesOf(contract, operation, contentTypeOf(operation)).flatMap(([name, body]) => {
      const text = operation.id + JSON.stringify(body);
      if (seen.has(text)) return [];
      seen.add(text);
      return [{ operation, name, body }];
    }),
  );
}

export const documentedExamples: Probe = {
  id: 'documented-examples',
  title: 'The requests that the page prints',
  rationale: 'The first thing that anybody tries is the example of the page.',
  depth: 'full',
  tasks: (setting) => examplesAt(setting).length,
  async run(context) {
    const examples = examplesAt(context);
    if (examples.length === 0) throw new SkipProbe('the contract prints no example request');
    await together(
      examples.map(({ operation, name, body }) =>
        context.travel({
          operation,
          body,
          purpose: { case: 'valid', what: `as the page prints it (example ${name})`, facts: ['H11'] },
        }),
      ),
    );
  },
};
