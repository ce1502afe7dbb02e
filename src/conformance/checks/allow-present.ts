import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { sentFor } from '../judging.js';

export const allowPresent: Check = {
  id: 'allow-present',
  title: 'A 405 says which methods there are',
  rationale: 'Allow tells at a glance whether the method is wrong or the whole path.',
  facts: ['H4'],
  faults: ['no-allow'],
  codes: ['F110', 'F201'],
  judge(evidence) {
    const judged = sentFor(evidence, 'wrong-method').filter(({ status }) => status === 405);
    const findings = judged.flatMap((sent): DraftFinding[] => {
      const allow = sent.exchange.answer?.headers['allow'];
      const methods = (allow ?? '').split(',').map((method) => method.trim().toUpperCase());
      const { method } = sent.exchange.request;
      if (allow !== undefined && !methods.includes(method)) return [];
      return [
        findingAt(evidence, sent, {
          facts: ['H4'],
          message: allow === undefined ? 'A 405 has no Allow' : `A 405 allows ${method}, which it refuses`,
          expected: 'the methods of this path in Allow',
          observed: allow ?? 'no Allow',
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, {
      probes: [],
      unseen: '',
      absent: 'no request was answered with 405',
    });
  },
};
