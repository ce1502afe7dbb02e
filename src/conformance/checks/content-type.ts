import { responseFor, schemaFor } from '../../contract/contract.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { unique } from '../contract-facts.js';
import { isOpenRefusal } from '../judging.js';

function isJsonType(type: string): boolean {
  return /^application\/([\w.+-]+\+)?json\b/i.test(type);
}

export const contentType: Check = {
  id: 'content-type',
  title: 'Every body is what its content type says',
  rationale: 'HTTP libraries choose the parser by the content type; a wrong one turns a good answer into an exception.',
  facts: ['H2'],
  faults: ['wrong-content-type', 'malformed-body'],
  codes: ['F200'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const sent of evidence.sent) {
      const { operation, status, exchange, purpose } = sent;
      const answer = exchange.answer;
      if (answer === undefined || status === undefined || purpose.case === 'result' || isOpenRefusal(sent)) continue;
      if (answer.bytes === 0 && status < 300 && operation === undefined) continue;
      observations += 1;
      const type = answer.headers['content-type'] ?? '';
      const response = operation === undefined ? undefined : responseFor(operation, status);
      const documented = Object.keys(response?.content ?? {});
      const facts = unique(['H2'], documented.length > 0 ? response?.facts : []);
      if (documented.length > 0 && response !== undefined && schemaFor(response.content, type) === undefined)
        findings.push(
          findingAt(evidence, sent, {
            facts,
            message: `The content type of an answer ${status} is not the documented one`,
            expected: documented.join(' or '),
            observed: type === '' ? 'no content type' : type,
          }),
        );
      else if (isJsonType(type) && sent.json === undefined)
        findings.push(
          findingAt(evidence, sent, {
            facts,
            message: `The body of an answer ${status} is called JSON and does not parse as such`,
            expected: 'a body that parses',
            observed: answer.bytes === 0 ? 'an empty body' : `${answer.bytes} bytes that are no JSON`,
          }),
        );
    }
    return judgement(evidence, observations, findings, { probes: [], unseen: 'nothing was answered' });
  },
};
