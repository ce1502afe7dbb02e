import { answerOf, type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { kindFacts } from '../contract-facts.js';
import { sentFor } from '../judging.js';

const right: Record<string, readonly number[]> = {
  'unknown-path': [404],
  // Some servers know no route by that method, some ask for the key first.
  'wrong-method': [405, 404, 501],
};

export const routeUnknown: Check = {
  id: 'route-unknown',
  title: 'Unknown paths are 404 and wrong methods 405, in JSON',
  rationale: 'A mistyped base URL should read as such, in a form that a client can print.',
  facts: ['H4'],
  covers: (contract) => kindFacts(contract, ['notFound', 'methodNotAllowed']),
  faults: ['unknown-route-as-page'],
  codes: ['F310'],
  judge(evidence) {
    const judged = sentFor(evidence, 'unknown-path', 'wrong-method').filter(
      ({ status }) => status !== undefined && status !== 429,
    );
    const findings = judged.flatMap((sent): DraftFinding[] => {
      const statuses = right[sent.purpose.case] ?? [];
      const isStatus = statuses.includes(sent.status ?? 0);
      if (isStatus && sent.json !== undefined) return [];
      return [
        findingAt(evidence, sent, {
          facts: ['H4'],
          message: `A request ${sent.purpose.what} is answered ${isStatus ? 'without JSON' : `with ${sent.status}`}`,
          expected: `status ${statuses[0]} with a JSON body`,
          observed: `${answerOf(sent)}${sent.json === undefined ? ', no JSON' : ''}`,
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, {
      probes: ['unknown-route'],
      unseen: 'no such request was answered',
    });
  },
};
