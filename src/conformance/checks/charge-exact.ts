import { isLoopback } from '../../core/loopback.js';
import { balanceEndpoint } from '../balance.js';
import { chargeOf, isMore } from '../charges.js';
import { type Check, type DraftFinding, findingAt, type Judgement, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import type { Evidence, Journey } from '../evidence.js';
import { idempotencyKeyOf } from '../idempotency.js';
import { hasSucceeded } from '../judging.js';

function judgeOne(evidence: Evidence, journey: Journey, taken: number, told: number): DraftFinding[] {
  const last = journey.balance?.after.at(-1)?.sent;
  if (last === undefined || !isMore(taken, told)) return [];
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
    // What several submits under one key may take is judged by submit-idempotent.
    const alone = ({ submit }: Journey) =>
      idempotencyKeyOf(submit) === undefined ||
      evidence.sent.every((one) => one === submit || idempotencyKeyOf(one) !== idempotencyKeyOf(submit));
    const read = evidence.journeys
      .filter((one) => hasSucceeded(one) && alone(one))
      .flatMap((journey) => {
        const charge = chargeOf(journey);
        return charge === undefined ? [] : [{ journey, ...charge }];
      });
    const moved = read.filter(({ taken }) => taken > 0);
    const near = moved.filter(({ journey }) => isLoopback(journey.submit.exchange.request.url));
    const findings = near.flatMap(({ journey, taken, told }) => judgeOne(evidence, journey, taken, told));
    // Elsewhere other clients may have moved the balance: a charge that fits tells something, one that does not nothing.
    const far = moved.filter((one) => !near.includes(one));
    const fitting = far.filter(({ taken, told }) => !isMore(taken, told));
    const [other] = far.filter((one) => !fitting.includes(one));
    return judgement(evidence, near.length + fitting.length, findings, {
      probes: ['baseline'],
      unseen:
        other === undefined
          ? 'the balance was not told, or did not move with a task'
          : `the balance fell by ${other.taken} where ${other.told} was told; other clients may share the account`,
      absent: balanceEndpoint(evidence.contract) === undefined ? 'no balance can be asked for' : undefined,
    });
  },
};
