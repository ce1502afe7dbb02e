import { callbackJudgement, callNames, detailFacts, type Told, tellsEnd, toldTasks } from '../callback-judging.js';
import { type Check, type DraftFinding, findingAt } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import type { Evidence } from '../evidence.js';
import { keptView } from '../judging.js';

/** What tells that two calls are about the same event: the id that the sender gives it, else what it says. */
function eventOf({ record, view }: Told['calls'][number]): string {
  return record.headers['webhook-id'] ?? String(view.statusWord);
}

function repeatedOtherwise(evidence: Evidence, { journey, end, calls }: Told): DraftFinding[] {
  return calls.flatMap((call, index): DraftFinding[] => {
    const before = calls.slice(0, index).find((one) => eventOf(one) === eventOf(call));
    if (before === undefined) return [];
    const [first, again] = [before, call].map(({ view }) => JSON.stringify({ id: view.id, ...keptView(view) }));
    if (first === again) return [];
    return [
      findingAt(evidence, [journey.submit, end.sent], {
        facts: ['H13i'],
        message: `A call that is repeated says something else (${callNames([before, call])})`,
        expected: first ?? '',
        observed: again ?? '',
      }),
    ];
  });
}

/** Calls that all say that the task goes on, when it has long ended. */
function neverOfTheEnd(evidence: Evidence, { journey, end, calls }: Told): DraftFinding[] {
  if (!calls.every((call) => call.view.phase !== undefined && !tellsEnd(call))) return [];
  return [
    findingAt(evidence, [journey.submit, end.sent], {
      facts: orElse(journey.operation.task.callback?.facts, detailFacts(journey)),
      message: `A task has ended and its receiver was told of everything but the end (${callNames(calls)})`,
      expected: String(end.view.statusWord),
      observed: calls.map(({ view }) => view.statusWord).join(', '),
    }),
  ];
}

export const callbackDelivered: Check = {
  id: 'callback-delivered',
  title: 'A receiver is called at least once, and repeats say the same',
  rationale:
    'A client that waits to be called waits for ever; one that is told two things about one event believes the wrong one.',
  facts: ['H13i'],
  covers: (contract) => unique(...tasksOf(contract).map(({ callback }) => callback?.facts)),
  faults: ['callback-lost', 'callback-changes-repeat'],
  judge(evidence) {
    const told = toldTasks(evidence);
    const findings = told.flatMap((one): DraftFinding[] => {
      if (one.calls.length > 0) return [...neverOfTheEnd(evidence, one), ...repeatedOtherwise(evidence, one)];
      const { journey, end } = one;
      const { callback, request } = journey.operation.task;
      return [
        {
          ...findingAt(evidence, [journey.submit, end.sent], {
            facts: orElse(callback?.facts, detailFacts(journey)),
            pointer: request.callback ?? '',
            message: 'A task has ended and its receiver was not called',
            expected: 'a call',
            observed: 'none',
          }),
          // A server that calls nobody has not shown that it follows the pages that speak of calls.
          shown: false,
        },
      ];
    });
    return callbackJudgement(evidence, told.length, findings, 'no task with a receiver came to its end');
  },
};
