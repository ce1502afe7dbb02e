import { isTerminal } from '../../core/task.js';
import { answerOf, type Check, type DraftFinding, findingAt, isAccepted, judgement } from '../check.js';
import type { Evidence, Journey, Sent } from '../evidence.js';
import { endOf, placeIn, sentFor } from '../judging.js';

/** So many submits in a row are turned away before the places of an account count as lost. */
const enough = 3;

interface Cut {
  readonly journey: Journey;
  /** Polls about it whose client hung up. */
  readonly cuts: readonly Sent[];
}

/** Tasks about which somebody asked and hung up. */
function cutTasks(evidence: Evidence): Cut[] {
  const all = sentFor(evidence, 'hung-up').filter(({ operation }) => operation === evidence.contract.poll);
  return evidence.journeys.flatMap((journey) => {
    const [first] = journey.polls;
    const cuts = all.filter(({ exchange }) => exchange.request.url === first?.sent.exchange.request.url);
    return cuts.length === 0 ? [] : [{ journey, cuts }];
  });
}

function isLost(journey: Journey): boolean {
  const phase = endOf(journey)?.view.phase;
  return phase !== undefined && isTerminal(phase) && phase !== 'succeeded';
}

/** A task that nobody can read any more once a poll about it was cut off. */
function unreadable(evidence: Evidence, { journey, cuts }: Cut): DraftFinding[] {
  const [firstCut] = cuts;
  const refused = journey.polls.find(
    ({ sent }) => !isAccepted(sent) && sent.status !== undefined && sent.status !== 429 && sent.status < 500,
  );
  if (firstCut === undefined || refused === undefined) return [];
  return [
    findingAt(evidence, [journey.submit, firstCut, refused.sent], {
      facts: ['H7'],
      message: 'A task cannot be read any more after a poll whose client hung up',
      expected: 'the state of the task',
      observed: answerOf(refused.sent),
    }),
  ];
}

/** Every task that was asked for so was lost, and no other one. */
function lost(evidence: Evidence, cut: readonly Cut[]): DraftFinding[] {
  const over = cut.filter(({ journey }) => endOf(journey) !== undefined);
  const others = evidence.journeys.filter(
    (journey) => journey.submit.purpose.case === 'valid' && !cut.some((one) => one.journey === journey),
  );
  const succeeded = others.some((journey) => endOf(journey)?.view.phase === 'succeeded');
  if (over.length < 2 || !over.every(({ journey }) => isLost(journey)) || !succeeded || others.some(isLost)) return [];
  return over.flatMap(({ journey, cuts }): DraftFinding[] => {
    const end = endOf(journey);
    if (end === undefined) return [];
    return [
      findingAt(evidence, [journey.submit, ...cuts.slice(0, 1), end.sent], {
        facts: ['H7'],
        pointer: placeIn(journey, end.sent, 'status'),
        message: `A task is ${end.view.phase} after a poll whose client hung up`,
        expected: 'the task goes on, as any other does',
        observed: String(end.view.statusWord),
      }),
    ];
  });
}

/** Since clients have hung up, no submit of the account goes through any more. */
function lockedOut(evidence: Evidence): DraftFinding[] {
  const cuts = sentFor(evidence, 'hung-up').filter(({ operation }) => operation?.task !== undefined);
  const lastCut = cuts.at(-1);
  if (lastCut === undefined) return [];
  const submits = evidence.sent.filter(
    ({ operation, purpose, credential, status }) =>
      operation?.task !== undefined && purpose.case === 'valid' && credential === 'key' && status !== undefined,
  );
  // In the order of sending: several requests can share a millisecond.
  const after = submits.filter((one) => evidence.sent.indexOf(one) > evidence.sent.indexOf(lastCut));
  const wasServed = submits.some((one) => isAccepted(one) && !after.includes(one));
  if (!wasServed || after.length < enough || !after.every(({ status }) => status === 429)) return [];
  return [
    findingAt(evidence, [lastCut, ...after.slice(0, enough)], {
      facts: ['H18i'],
      message: `After ${cuts.length} clients that hung up, no submit of the account goes through any more`,
      expected: 'places that become free when their tasks have ended',
      observed: `status 429, ${after.length} times`,
    }),
  ];
}

export const hangUpHarmless: Check = {
  id: 'hang-up-harmless',
  title: 'A client that hangs up changes no task and locks nobody out',
  rationale: 'A closed tab or a short time-out of some proxy must not end the work that somebody else waits for.',
  facts: ['H7', 'H18i'],
  faults: ['cancels-on-hang-up', 'keeps-places'],
  judge(evidence) {
    const cut = cutTasks(evidence);
    const findings = [
      ...cut.flatMap((one) => unreadable(evidence, one)),
      ...lost(evidence, cut),
      ...lockedOut(evidence),
    ];
    return judgement(evidence, sentFor(evidence, 'hung-up').length, findings, {
      probes: ['hang-up'],
      unseen: 'nobody hung up',
    });
  },
};
