import { withAt } from '../../core/pointer.js';
import { candidates } from '../cases/cross-field.js';
import { isIgnored } from '../cases/negatives.js';
import { submitsOf } from '../contract-facts.js';
import type { Purpose } from '../evidence.js';
import { type Probe, type ProbeSetting, SkipProbe } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { bodySchema, minimalBody, submitCall } from '../requests.js';
import { propertiesOf } from '../schema.js';
import { sendAll } from '../send-all.js';

/** For each field that the contract says has no effect beside the rest, the smallest request with one value of it. */
function requestsAt({ contract }: ProbeSetting, prompt: string) {
  return submitsOf(contract).flatMap((operation) => {
    const minimal = minimalBody(contract, operation, prompt);
    const properties = propertiesOf(contract.document, bodySchema(operation) ?? '');
    return (operation.task.ignore ?? []).flatMap(({ pointer, facts = [] }) => {
      const property = properties.find(({ name }) => pointer === `/${name}`);
      const value = property === undefined ? undefined : candidates(contract.document, property)[0];
      if (minimal === undefined || value === undefined) return [];
      const body = withAt(minimal, pointer, value);
      const purpose: Purpose = { case: 'valid', what: `with ${pointer}, which is to be ignored`, facts, pointer };
      return isIgnored(contract, operation, pointer, body) ? [{ operation, body, purpose }] : [];
    });
  });
}

export const ignoredFields: Probe = {
  id: 'ignored-fields',
  title: 'Fields that are to be ignored beside the rest',
  rationale: 'A client that always sends a field works with every vendor but the one that refuses it.',
  depth: 'full',
  tasks: (setting) => requestsAt(setting, 'x').length,
  async run(context) {
    const requests = requestsAt(context, plainPrompt(context.rng()));
    if (requests.length === 0) throw new SkipProbe('the contract names no field that is to be ignored');
    await sendAll(
      context,
      requests.map(({ operation, body, purpose }) => submitCall(context.target, operation, body, purpose)),
    );
  },
};
