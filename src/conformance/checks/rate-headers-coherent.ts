import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { type ToldLimits, toldLimits } from '../limits.js';

function problemOf({ limit, remaining, reset }: ToldLimits, status: number | undefined): string | undefined {
  for (const [name, value] of Object.entries({ limit, remaining, reset }))
    if (value !== undefined && !(value >= 0)) return `${name} is no number from 0 on`;
  if (limit !== undefined && remaining !== undefined && remaining > limit)
    return `${remaining} requests remain of ${limit}`;
  return status === 429 && remaining !== undefined && remaining > 0
    ? `a request is throttled while ${remaining} remain`
    : undefined;
}

export const rateHeadersCoherent: Check = {
  id: 'rate-headers-coherent',
  title: 'What answers say of limits agrees with itself',
  rationale: 'Clients pace themselves by these numbers; wrong ones make them wait for nothing or run into the limit.',
  facts: ['H14i'],
  faults: ['miscounts-limits'],
  judge(evidence) {
    const judged = evidence.sent.flatMap((sent) => {
      const told = toldLimits(sent);
      return Object.keys(told).length === 0 ? [] : [{ sent, told }];
    });
    const findings = judged.flatMap(({ sent, told }): DraftFinding[] => {
      const problem = problemOf(told, sent.status);
      if (problem === undefined) return [];
      return [
        findingAt(evidence, sent, {
          facts: ['H14i'],
          message: `The headers about limits contradict themselves: ${problem}`,
          expected: 'at most the limit, and 0 at a 429',
          observed: JSON.stringify(told),
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, {
      probes: [],
      unseen: '',
      absent: 'answers of this server say nothing about limits',
    });
  },
};
