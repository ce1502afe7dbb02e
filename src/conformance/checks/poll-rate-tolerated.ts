import { parseDuration } from '../../core/duration.js';
import { isLoopback } from '../../core/loopback.js';
import { type Check, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import { isPolled, pollingOnly, sentFor } from '../judging.js';

const usualPace = '5s';
/** Once may be the doing of others. */
const enough = 2;

export const pollRateTolerated: Check = {
  id: 'poll-rate-tolerated',
  title: 'Polling at the advised pace is not throttled',
  rationale: 'A client that does what the page advises loses sight of its paid task.',
  facts: ['H14i'],
  covers: (contract) => unique(...tasksOf(contract).map(({ advice }) => advice?.pollInterval?.facts)),
  faults: ['throttles-advised-polls'],
  judge(evidence) {
    const advice = tasksOf(evidence.contract)[0]?.advice?.pollInterval;
    const paceMs = parseDuration(advice?.minimum ?? usualPace);
    const polls = sentFor(evidence, 'poll', 'burst', 'after-burst', 'unknown-task', 'foreign-task');
    const starts = polls.map(({ exchange }) => exchange.startedAt);
    // A key that asked for something else meanwhile may have used up what it is allowed.
    const judged = polls.filter(
      ({ purpose, exchange }, index) =>
        purpose.case === 'poll' &&
        starts.every((at, other) => other === index || at > exchange.startedAt || exchange.startedAt - at >= paceMs),
    );
    const throttled = judged.filter(({ status }) => status === 429);
    const findings =
      throttled.length < enough
        ? []
        : [
            findingAt(evidence, throttled.slice(0, 5), {
              facts: orElse(advice?.facts, ['H14i']),
              message: `Polls that are ${paceMs / 1000} s apart are throttled (${throttled.length} of ${judged.length})`,
              expected: 'the state of the task',
              observed: 'status 429',
            }),
          ];
    return judgement(evidence, judged.length, findings, {
      probes: [],
      unseen: `no two polls were ${paceMs / 1000} s apart`,
      absent: !isPolled(evidence.contract)
        ? pollingOnly
        : polls.some(({ exchange }) => isLoopback(exchange.request.url))
          ? 'on this machine polls are closer together than advised'
          : undefined,
    });
  },
};
