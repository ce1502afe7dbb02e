import { type Check, findingAt, judgement } from '../check.js';
import { sentFor } from '../judging.js';

/** One more 429 may be another client's doing; so many in a row, each after its wait, are the server's word. */
const enough = 3;

export const retryAfterHonoured: Check = {
  id: 'retry-after-honoured',
  title: 'After the announced wait a request goes through',
  rationale: 'A client that waits as it is told, and is turned away again and again, gives up on a vendor that works.',
  facts: ['H14i'],
  faults: ['lies-about-wait'],
  judge(evidence) {
    const judged = sentFor(evidence, 'after-burst').filter(({ status }) => status !== undefined);
    const turnedAway = judged.filter(({ status }) => status === 429);
    const findings =
      turnedAway.length < enough
        ? []
        : [
            findingAt(evidence, turnedAway, {
              facts: ['H14i'],
              message: `A request is throttled ${turnedAway.length} times in a row, each after the wait that was announced`,
              expected: `an answer after ${turnedAway[0]?.exchange.answer?.headers['retry-after']} s`,
              observed: 'status 429',
            }),
          ];
    const absent = sentFor(evidence, 'burst').length > 0 && judged.length === 0 ? 'nobody was throttled' : undefined;
    return judgement(evidence, judged.length, findings, { probes: ['burst'], unseen: 'no limit was met', absent });
  },
};
