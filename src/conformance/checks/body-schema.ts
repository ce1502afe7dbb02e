import { responseFor, schemaFor } from '../../contract/contract.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, unique } from '../contract-facts.js';
import { answerFacts, isOpenRefusal } from '../judging.js';

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

export const bodySchema: Check = {
  id: 'body-schema',
  title: 'Every answer has the documented shape',
  rationale: 'A typed client reads undefined where it was promised a value, and fails far from the cause.',
  facts: [],
  covers: answerFacts,
  faults: ['missing-field', 'garbles-field', 'garbles-side-answers'],
  codes: ['F200'],
  judge(evidence) {
    const { contract } = evidence;
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const sent of evidence.sent) {
      const { operation, status, json, exchange } = sent;
      if (operation === undefined || status === undefined || json === undefined || isOpenRefusal(sent)) continue;
      const response = responseFor(operation, status);
      if (response === undefined) continue;
      const schema =
        schemaFor(response.content, exchange.answer?.headers['content-type'] ?? '')?.schema ??
        response.content['application/json'];
      if (schema === undefined) continue;
      observations += 1;
      for (const violation of contract.violations(schema, json))
        findings.push(
          findingAt(evidence, sent, {
            facts: orElse(violation.facts, orElse(unique(response.facts), operation.facts)),
            message: `The answer ${status} ${violation.pointer || 'as a whole'} ${violation.message}`,
            pointer: violation.pointer,
            expected: `${violation.keyword} at ${violation.schema}`,
            observed: excerpt(json),
          }),
        );
    }
    return judgement(evidence, observations, findings, {
      probes: [],
      unseen: 'no documented answer with a JSON body came',
    });
  },
};
