import { callbackJudgement, callNames, tellsEnd, toldTasks } from '../callback-judging.js';
import { type Check, type DraftFinding, findingAt } from '../check.js';

export const callbackOrder: Check = {
  id: 'callback-order',
  title: 'Nothing is told before the submit is answered, and the end is told last',
  rationale:
    'A call about an id that nobody knows yet is thrown away, and one that comes after the end starts it again.',
  facts: ['H13i'],
  faults: ['callback-goes-back'],
  judge(evidence) {
    const told = toldTasks(evidence).filter(({ calls }) => calls.length > 0);
    const findings = told.flatMap(({ journey, end, calls }): DraftFinding[] => {
      const say = (message: string, expected: string, observed: string) =>
        findingAt(evidence, [journey.submit, end.sent], { facts: ['H13i'], message, expected, observed });
      const answeredAt = journey.submit.exchange.finishedAt;
      const early = calls.find(({ record }) => record.receivedAt < answeredAt);
      const over = calls.findIndex(tellsEnd);
      const late = over < 0 ? undefined : calls.slice(over + 1).find((call) => !tellsEnd(call));
      return [
        ...(early === undefined
          ? []
          : [
              say(
                `A receiver is called before the submit is answered (${callNames([early])})`,
                `after ${new Date(answeredAt).toISOString()}`,
                new Date(early.record.receivedAt).toISOString(),
              ),
            ]),
        ...(late === undefined
          ? []
          : [
              say(
                `A receiver is told that a task goes on after it was told of the end (${callNames([late])})`,
                'nothing but repeats of the end',
                String(late.view.statusWord ?? 'no status'),
              ),
            ]),
      ];
    });
    return callbackJudgement(evidence, told.length, findings);
  },
};
