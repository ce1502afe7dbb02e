import { getAll } from '../../core/pointer.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { kindFacts, orElse, tasksOf } from '../contract-facts.js';
import { isUsableWait } from '../limits.js';

export const rateLimitTold: Check = {
  id: 'rate-limit-told',
  title: 'Whoever is throttled hears so in the usual shape, and for how long',
  rationale: 'A client that is not told how long to wait tries again at once and makes it worse for everybody.',
  facts: ['H14i'],
  covers: (contract) => kindFacts(contract, ['rateLimited']),
  faults: ['limits-without-wait'],
  judge(evidence) {
    const [task] = tasksOf(evidence.contract);
    const judged = evidence.sent.filter(({ status }) => status === 429);
    const places = Object.entries(task?.errors.answer ?? {}).filter(
      ([, field]) => 'from' in field && field.from === 'error.message',
    );
    const findings = judged.flatMap((sent): DraftFinding[] => {
      const wait = sent.exchange.answer?.headers['retry-after'];
      const lost = places.find(([place]) => getAll(sent.json, place).length === 0);
      const shape =
        lost === undefined
          ? []
          : [
              findingAt(evidence, sent, {
                facts: orElse(kindFacts(evidence.contract, ['rateLimited']), ['H14i']),
                pointer: lost[0],
                message: 'A 429 does not have the documented shape of an error',
                expected: `something at ${lost[0]}`,
                observed: sent.exchange.answer?.body?.slice(0, 200) ?? 'no text',
              }),
            ];
      if (isUsableWait(wait)) return shape;
      return [
        ...shape,
        findingAt(evidence, sent, {
          facts: ['H14i'],
          message: 'A 429 does not say how long to wait',
          expected: 'Retry-After in seconds or as a date',
          observed: wait ?? 'no Retry-After',
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, { probes: [], unseen: '', absent: 'nobody was throttled' });
  },
};
