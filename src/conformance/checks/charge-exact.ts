import { isLoopback } from '../../core/loopback.js';
import { balanceEndpoint, takenBy } from '../balance.js';
import { type Check, type DraftFinding, findingAt, type Judgement, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import type { Evidence, Journey } from '../evidence.js';
import { endOf, hasSucceeded } from '../judging.js';

/** Sums of decimal prices. */
const slack = 1e-6;

/** What the answers say that a task costs, at most. */
function toldCost(journey: Journey): number | undefined {
  const { price } = journey.operation.task;
  const told = endOf(journey)?.view.cost ?? journey.view.reserved;
  return told ?? (price?.per === 'request' ? price.amount : undefined);
}

function judgeOne(evidence: Evidence, journey: Journey, taken: number, told: number): DraftFinding[] {
  const last = journey.balance?.after.at(-1)?.sent;
  if (last === undefined || taken <= told + slack) return [];
  return [
    findingAt(evidence, [journey.submit, last], {
      facts: unique(['H16'], journey.operation.task.price?.facts),
      message: `A task that costs ${told} takes ${taken} from the account, after ${journey.polls.length} polls`,
      expected: String(told),
      observed: String(taken),
    }),
  ];
}

export const chargeExact: Check = {
  id: 'charge-exact',
  title: 'An account pays for a task once, and what its answers say',
  rationale: 'Two charges for one picture, or one for each poll, are found on the bill, weeks later.',
  facts: ['H16'],
  covers: (contract) => unique(...tasksOf(contract).map(({ price }) => price?.facts)),
  faults: ['charges-twice', 'charges-polls'],
  judge(evidence): Judgement {
    const read = evidence.journeys.filter(hasSucceeded).flatMap((journey) => {
      const taken = journey.balance === undefined ? undefined : takenBy(journey.balance);
      const told = toldCost(journey);
      return taken === undefined || told === undefined ? [] : [{ journey, taken, told }];
    });
    const moved = read.filter(({ taken }) => taken > 0);
    const near = moved.filter(({ journey }) => isLoopback(journey.submit.exchange.request.url));
    const findings = near.flatMap(({ journey, taken, told }) => judgeOne(evidence, journey, taken, told));
    const [far] = moved.filter((one) => !near.includes(one));
    return judgement(evidence, near.length, findings, {
      probes: ['baseline'],
      unseen:
        far === undefined
          ? 'the balance was not told, or did not move with a task'
          : `the balance fell by ${far.taken} where ${far.told} was told; other clients may share the account`,
      absent: balanceEndpoint(evidence.contract) === undefined ? 'no balance can be asked for' : undefined,
    });
  },
};
