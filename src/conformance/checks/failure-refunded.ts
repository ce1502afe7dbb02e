import { isLoopback } from '../../core/loopback.js';
import { balanceEndpoint, takenBy } from '../balance.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import { endOf } from '../judging.js';

export const failureRefunded: Check = {
  id: 'failure-refunded',
  title: 'A failed task leaves the account as it was',
  rationale: 'An answer that says 0 and a balance that has fallen all the same is money lost without a trace.',
  facts: ['H12'],
  covers: (contract) => unique(...tasksOf(contract).map(({ price }) => price?.facts)),
  faults: ['keeps-failed-charge'],
  judge(evidence) {
    const judged = evidence.journeys.flatMap((journey) => {
      const phase = endOf(journey)?.view.phase;
      const lost = phase === 'failed' || phase === 'cancelled' || journey.end === 'refused';
      const taken = journey.balance === undefined ? undefined : takenBy(journey.balance);
      // Elsewhere other clients may share the account.
      const near = isLoopback(journey.submit.exchange.request.url);
      return lost && near && taken !== undefined ? [{ journey, taken }] : [];
    });
    const findings = judged.flatMap(({ journey, taken }): DraftFinding[] => {
      const last = journey.balance?.after.at(-1)?.sent;
      if (taken <= 0 || last === undefined) return [];
      return [
        findingAt(evidence, [journey.submit, last], {
          facts: unique(['H12'], journey.operation.task.price?.facts),
          message: `A task that came to nothing takes ${taken} from the account`,
          expected: '0',
          observed: String(taken),
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, {
      probes: ['failing-prompt'],
      unseen: 'no balance was read around a task that failed, on an account that nobody shares',
      absent: balanceEndpoint(evidence.contract) === undefined ? 'no balance can be asked for' : undefined,
    });
  },
};
