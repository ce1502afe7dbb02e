import { chargeOf, isMore } from '../charges.js';
import {
  answerOf,
  type Check,
  type DraftFinding,
  findingAt,
  isAccepted,
  type Judgement,
  judgement,
  refusesRequest,
} from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import type { Evidence, Sent } from '../evidence.js';
import { idempotencyKeyOf, identityOf, isRepetition, noKeyPromised } from '../idempotency.js';

/** Submits by who sent them under which key, each group in the order of sending. */
function groupsOf({ sent }: Evidence): Sent[][] {
  const groups = new Map<string, Sent[]>();
  for (const one of sent) {
    const key = one.operation?.task?.idempotency === undefined ? undefined : idempotencyKeyOf(one);
    if (key === undefined || one.status === undefined) continue;
    const slot = JSON.stringify([one.operation?.id, one.credential, key]);
    groups.set(slot, [...(groups.get(slot) ?? []), one]);
  }
  return [...groups.values()];
}

function factsOf({ operation }: Sent): readonly string[] {
  return orElse(operation?.task?.idempotency?.facts, ['H16']);
}

function judgeRepetition(evidence: Evidence, first: Sent, again: Sent): DraftFinding[] {
  const facts = factsOf(first);
  if (!isAccepted(again)) {
    // While the first one is being answered, a server may say so instead.
    const wasAnswered = first.exchange.finishedAt <= again.exchange.startedAt;
    if (!wasAnswered || !refusesRequest(again)) return [];
    const message = 'A submit that is repeated with its idempotency key is refused';
    return [
      findingAt(evidence, [first, again], { facts, message, expected: 'the first answer', observed: answerOf(again) }),
    ];
  }
  const [expected, observed] = [identityOf(first), identityOf(again)];
  if (expected === observed) return [];
  const message = 'A submit that is repeated with its idempotency key starts another task';
  return [findingAt(evidence, [first, again], { facts, message, expected, observed })];
}

/** A key that stands for one request is no key for another. */
function judgeReuse(evidence: Evidence, first: Sent, other: Sent): DraftFinding[] {
  if (!isAccepted(other)) return [];
  const isSame = identityOf(first) === identityOf(other);
  return [
    findingAt(evidence, [first, other], {
      facts: factsOf(first),
      message: `Another request with an idempotency key that was used ${isSame ? 'is answered with the first task' : 'starts a task'}`,
      expected: 'a refusal',
      observed: answerOf(other),
    }),
  ];
}

/** What one key has cost, where the balance was read around its first submit. */
function judgeCharge(evidence: Evidence, first: Sent, tasks: number): DraftFinding[] {
  const journey = evidence.journeys.find(({ submit }) => submit === first);
  const charge = journey === undefined ? undefined : chargeOf(journey);
  const last = journey?.balance?.after.at(-1)?.sent;
  if (charge === undefined || last === undefined || !isMore(charge.taken, charge.told * tasks)) return [];
  return [
    findingAt(evidence, [first, last], {
      facts: unique(factsOf(first), ['H16']),
      message: `A submit that was repeated with its idempotency key costs ${charge.told} and takes ${charge.taken}`,
      expected: String(charge.told),
      observed: String(charge.taken),
    }),
  ];
}

export const submitIdempotent: Check = {
  id: 'submit-idempotent',
  title: 'A submit that is repeated with its idempotency key is one task and one charge',
  rationale: 'A client that lost an answer repeats the submit because it was told that it may, and pays twice.',
  facts: ['H16'],
  covers: (contract) => unique(...tasksOf(contract).map(({ idempotency }) => idempotency?.facts)),
  faults: ['ignores-idempotency-key', 'mixes-up-requests', 'charges-repeats'],
  judge(evidence): Judgement {
    let observations = 0;
    const findings = groupsOf(evidence).flatMap((group): DraftFinding[] => {
      const accepted = group.filter(isAccepted);
      const first = accepted.find((one) =>
        accepted.every((other) => one.exchange.startedAt <= other.exchange.startedAt),
      );
      if (first === undefined || group.length < 2) return [];
      const others = group.filter((one) => one !== first);
      observations += others.length;
      const each = others.flatMap((other) =>
        isRepetition(first, other) ? judgeRepetition(evidence, first, other) : judgeReuse(evidence, first, other),
      );
      return [...each, ...judgeCharge(evidence, first, new Set(accepted.map(identityOf)).size)];
    });
    return judgement(evidence, observations, findings, {
      probes: ['repeated-submit'],
      unseen: 'no submit was repeated with its idempotency key',
      absent: noKeyPromised(evidence.contract),
    });
  },
};
