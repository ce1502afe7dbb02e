import { callbackJudgement, callNames, detailFacts, toldTasks } from '../callback-judging.js';
import { type Check, type DraftFinding, findingAt } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';

/** Deliveries are made at least once: one call more than was needed is still right. */
const tolerated = 1;

export const callbackRetried: Check = {
  id: 'callback-retried',
  title: 'A call that was turned away comes again, and stops once it was taken',
  rationale: 'A receiver that was restarting for a second never hears of the end, or hears of it for ever.',
  facts: ['H13i'],
  covers: (contract) => unique(...tasksOf(contract).map(({ callback }) => callback?.detailFacts ?? callback?.facts)),
  faults: ['callback-once', 'callback-unending'],
  judge(evidence) {
    const told = toldTasks(evidence).filter(({ calls }) => (calls[0]?.record.answered ?? 200) >= 500);
    const findings = told.flatMap(({ journey, end, calls }): DraftFinding[] => {
      const { retries = [] } = journey.operation.task.callback ?? {};
      const say = (message: string, expected: string, observed: string) => [
        findingAt(evidence, [journey.submit, end.sent], { facts: detailFacts(journey), message, expected, observed }),
      ];
      if (calls.length === 1)
        return say(
          `A call that was answered ${calls[0]?.record.answered} is not made again`,
          `another attempt after ${retries[0]}`,
          `one call (${callNames(calls)})`,
        );
      const taken = calls.findIndex(({ record }) => record.answered < 300);
      const surplus = taken < 0 ? [] : calls.slice(taken + 1);
      if (surplus.length <= tolerated) return [];
      return say(
        `A receiver that has taken a call is called ${surplus.length} times more`,
        'no attempt after a 2xx',
        callNames(surplus),
      );
    });
    const promises = tasksOf(evidence.contract).some(({ callback }) => (callback?.retries ?? []).length > 0);
    if (told.length === 0 && !promises)
      return { observations: 0, findings, skipped: 'the contract promises no second attempt' };
    return callbackJudgement(evidence, told.length, findings, 'no call was turned away');
  },
};
