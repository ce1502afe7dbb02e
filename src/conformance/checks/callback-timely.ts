import { isLoopback } from '../../core/loopback.js';
import { callbackJudgement, tellsEnd, toldTasks } from '../callback-judging.js';
import { type Check, type DraftFinding, findingAt } from '../check.js';

/** Milliseconds after which nobody would still wait; the far ones have networks and queues between them. */
const mostMs = { near: 5_000, far: 30_000 };

export const callbackTimely: Check = {
  id: 'callback-timely',
  title: 'A receiver hears of the end soon after it',
  rationale: 'A person looks at a spinner while the picture has long been there.',
  facts: ['H13i'],
  faults: ['callback-late'],
  judge(evidence) {
    const told = toldTasks(evidence).flatMap(({ journey, end, calls }) => {
      const call = calls.find(tellsEnd);
      return call === undefined ? [] : [{ journey, end, call }];
    });
    const findings = told.flatMap(({ journey, end, call }): DraftFinding[] => {
      const most = isLoopback(journey.submit.exchange.request.url) ? mostMs.near : mostMs.far;
      const took = call.record.receivedAt - end.at;
      if (took <= most) return [];
      return [
        findingAt(evidence, [journey.submit, end.sent], {
          facts: ['H13i'],
          message: `A receiver is called ${Math.round(took / 1000)} s after a poll has told of the end (${call.record.id})`,
          expected: `within ${most / 1000} s`,
          observed: `${Math.round(took)} ms`,
        }),
      ];
    });
    return callbackJudgement(evidence, told.length, findings);
  },
};
