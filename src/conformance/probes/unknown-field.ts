import { type Json, toPointer, withAt } from '../../core/pointer.js';
import { chosen } from '../cases/thoroughness.js';
import { unknownFields } from '../cases/unknown-fields.js';
import type { Purpose } from '../evidence.js';
import { type Probe, type ProbeSetting, submitOf } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { bodySchema, minimalBody, submitCall } from '../requests.js';
import { propertiesOf } from '../schema.js';
import { sendAll } from '../send-all.js';

/** More of them only on this machine, where they cost nothing. */
function fieldsAt(setting: ProbeSetting, prompt: string) {
  const { contract, loopback, cases } = setting;
  const operation = submitOf(setting);
  const schema = bodySchema(operation);
  const minimal = minimalBody(contract, operation, prompt);
  if (schema === undefined || minimal === undefined) return [];
  const known = new Set(propertiesOf(contract.document, schema).map(({ name }) => name));
  const fields = unknownFields
    .filter(({ name }) => !known.has(name))
    .map((field) => ({ ...field, body: withAt(minimal, toPointer([field.name]), field.value as Json) }))
    .filter(({ body }) => contract.violations(schema, body).length === 0);
  return chosen(fields, loopback ? cases : 'sample');
}

export const unknownField: Probe = {
  id: 'unknown-field',
  title: 'Fields that no page knows',
  rationale: 'Clients written for several vendors send fields that one of them does not know.',
  depth: 'full',
  tasks: (setting) => (setting.contract.submit === undefined ? 0 : fieldsAt(setting, 'x').length),
  async run(context) {
    const operation = submitOf(context);
    const fields = fieldsAt(context, plainPrompt(context.rng()));
    if (fields.length === 0) return context.note('no legal request could be made from the contract');
    const purposeOf = (name: string): Purpose => ({
      case: 'valid',
      what: `with the field ${name}, which no page knows`,
      facts: ['H3'],
      pointer: toPointer([name]),
    });
    const [first, ...others] = fields;
    if (first !== undefined) await context.travel({ operation, body: first.body, purpose: purposeOf(first.name) });
    await sendAll(
      context,
      others.map(({ name, body }) => submitCall(context.target, operation, body, purposeOf(name))),
    );
  },
};
