import type { Contract, SubmitOperation } from '../../contract/contract.js';
import { brokenForms, brokenJson, type OddBody } from '../cases/odd-bodies.js';
import { chosen } from '../cases/thoroughness.js';
import { kindFacts, submitsOf, unique } from '../contract-facts.js';
import { type Probe, refusedAs } from '../probe.js';
import { bodySchema, contentTypeOf, rawSubmitCall } from '../requests.js';
import { formType } from '../schema.js';
import { sendAll } from '../send-all.js';

/** A contract that demands nothing may allow even an empty object. */
function isLegal(contract: Contract, operation: SubmitOperation, { body }: OddBody): boolean {
  const schema = bodySchema(operation);
  if (schema === undefined || typeof body !== 'string') return false;
  try {
    return contract.violations(schema, JSON.parse(body)).length === 0;
  } catch {
    return false;
  }
}

export const malformedJson: Probe = {
  id: 'malformed-json',
  title: 'Bodies that are not the JSON, or the form, they should be',
  rationale: 'A proxy that cuts a body short must lead to a clear refusal, not to a crash page or to a task.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const { contract, target, cases } = context;
    const facts = unique(['H2'], kindFacts(contract, ['unsupportedMediaType']));
    await sendAll(
      context,
      submitsOf(contract).flatMap((operation) => {
        const bodies = contentTypeOf(operation) === formType ? brokenForms : brokenJson;
        const broken = bodies.filter((body) => !isLegal(contract, operation, body));
        return chosen(broken, cases).map(({ what, type, body }) => {
          const purpose = refusedAs('malformed-json', what, facts, ['invalidRequest', 'unsupportedMediaType']);
          return rawSubmitCall(target, operation, type, body, purpose);
        });
      }),
    );
  },
};
