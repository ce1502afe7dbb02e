import { kindFacts, submitsOf, unique } from '../contract-facts.js';
import { type Probe, refusedAs } from '../probe.js';
import { rawSubmitCall } from '../requests.js';
import { jsonType } from '../schema.js';

const bodies: readonly (readonly [what: string, type: string, body: string])[] = [
  ['whose JSON is cut off', jsonType, '{"prompt": "A paper boat'],
  ['whose body is empty', jsonType, ''],
  ['whose JSON is a list', jsonType, '[1, 2]'],
  ['whose body is a web form', 'application/x-www-form-urlencoded', 'prompt=A+paper+boat'],
];

export const malformedJson: Probe = {
  id: 'malformed-json',
  title: 'Bodies that are not the JSON they should be',
  rationale: 'A proxy that cuts a body short must lead to a clear refusal, not to a crash page or to a task.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const { contract, target } = context;
    const facts = unique(['H2'], kindFacts(contract, ['unsupportedMediaType']));
    for (const operation of submitsOf(contract)) {
      if (!(jsonType in operation.request)) continue;
      for (const [what, type, body] of bodies) {
        const purpose = refusedAs('malformed-json', what, facts, ['invalidRequest', 'unsupportedMediaType']);
        await context.send(rawSubmitCall(target, operation, type, body, purpose));
      }
    }
  },
};
