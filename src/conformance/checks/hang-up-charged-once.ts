import { isLoopback } from '../../core/loopback.js';
import { balanceEndpoint, takenBy } from '../balance.js';
import { isMore } from '../charges.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import type { Evidence, Journey, Sent } from '../evidence.js';
import { hasSucceeded, sentFor } from '../judging.js';

interface Cut {
  readonly journey: Journey;
  /** Every submit that was cut off between the two readings of the balance. */
  readonly submits: readonly Sent[];
  readonly taken: number;
  /** What the same request takes from the account when somebody waits for its answer. */
  readonly price: number;
}

/** Submits whose answer nobody read, and what they took from the account. */
function cutSubmits(evidence: Evidence): Cut[] {
  return evidence.journeys.flatMap((journey) => {
    const { balance, submit, body, operation } = journey;
    const taken = balance === undefined || submit.purpose.case !== 'hung-up' ? undefined : takenBy(balance);
    const until = balance?.after[0]?.sent.exchange.startedAt;
    if (taken === undefined || until === undefined) return [];
    const equal = evidence.journeys.filter(
      (other) => hasSucceeded(other) && JSON.stringify(other.body) === JSON.stringify(body),
    );
    const [price] = equal.flatMap((other) => (other.balance === undefined ? [] : (takenBy(other.balance) ?? [])));
    const submits = sentFor(evidence, 'hung-up').filter(
      (one) =>
        one.operation === operation &&
        one.exchange.startedAt >= submit.exchange.startedAt &&
        one.exchange.startedAt <= until,
    );
    return price === undefined || price <= 0 ? [] : [{ journey, submits, taken, price }];
  });
}

function judgeOne(evidence: Evidence, { journey, submits, taken, price }: Cut): DraftFinding[] {
  const last = journey.balance?.after.at(-1)?.sent;
  if (last === undefined) return [];
  const most = price * submits.length;
  const tasks = Math.round(taken / price);
  // A few decimal prices do not add up to the last digit.
  const isWhole = Math.abs(taken - tasks * price) <= 1e-6 * submits.length;
  if (isWhole && !isMore(taken, most)) return [];
  return [
    findingAt(evidence, [...submits.slice(-1), last], {
      facts: unique(['H16'], journey.operation.task.price?.facts),
      message: isMore(taken, most)
        ? `${submits.length} submits whose answers nobody read take ${taken} from the account, at ${price} each`
        : `What submits took whose answers nobody read is neither settled nor given back: ${taken}, at ${price} each`,
      expected: `a multiple of ${price}, ${most} at most`,
      observed: String(taken),
    }),
  ];
}

export const hangUpChargedOnce: Check = {
  id: 'hang-up-charged-once',
  title: 'A submit whose answer nobody read is paid once or not at all',
  rationale: 'Whoever lost a connection cannot even ask what they paid for, so they must not pay more than once.',
  facts: ['H16'],
  covers: (contract) => unique(...tasksOf(contract).map(({ price }) => price?.facts)),
  faults: ['charges-hang-ups'],
  judge(evidence) {
    const read = cutSubmits(evidence);
    const near = read.filter(({ journey }) => isLoopback(journey.submit.exchange.request.url));
    const findings = near.flatMap((cut) => judgeOne(evidence, cut));
    return judgement(evidence, near.length, findings, {
      probes: ['hang-up'],
      unseen: 'no balance was read around a submit that was cut off, on an account that nobody shares',
      absent: balanceEndpoint(evidence.contract) === undefined ? 'no balance can be asked for' : undefined,
    });
  },
};
