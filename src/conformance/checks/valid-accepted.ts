import { besideThePoint, type Check, findingAt, isRefused, judgement } from '../check.js';
import { submitsOf, unique } from '../contract-facts.js';
import { isServed, requestFacts, sentFor } from '../judging.js';

export const validAccepted: Check = {
  id: 'valid-accepted',
  title: 'What the page allows is accepted',
  rationale: 'What works in the documentation fails in production, for the users of one language or one field.',
  facts: ['H3', 'H10', 'H11'],
  covers: (contract) =>
    unique(
      requestFacts(contract),
      ...submitsOf(contract).flatMap(({ facts, task }) => [facts, ...(task.ignore ?? []).map((rule) => rule.facts)]),
    ),
  faults: ['refuses-valid'],
  codes: ['F204', 'F207'],
  judge(evidence) {
    const judged = sentFor(evidence, 'valid').filter(
      (sent) =>
        sent.status !== undefined &&
        sent.status < 500 &&
        !besideThePoint.includes(sent.status) &&
        isServed(evidence, sent),
    );
    const findings = judged.filter(isRefused).map((sent) =>
      findingAt(evidence, sent, {
        facts: sent.purpose.facts,
        message: `A legal request ${sent.purpose.what} is refused with ${sent.status}`,
        pointer: sent.purpose.pointer ?? '',
        expected: 'the documented accepted answer',
        observed: `status ${sent.status}`,
      }),
    );
    return judgement(evidence, judged.length, findings, {
      probes: [
        'baseline',
        'variants',
        'documented-examples',
        'unicode-prompt',
        'unknown-field',
        'ignored-fields',
        'boundaries',
        'legal-combinations',
        'prompts',
        'content-types',
      ],
      unseen: 'no legal request was answered',
    });
  },
};
