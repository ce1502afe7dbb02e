/**
 * Ways in which deliveries go wrong on purpose, switched on by name. They break no answer of the API, so they are no
 * faults that a check of the API could see: whoever receives the calls has to cope with them.
 */
export interface Oddity {
  readonly id: string;
  readonly title: string;
  /** What a receiver learns about itself. */
  readonly rationale: string;
}

export const oddities = [
  {
    id: 'lost',
    title: 'Nothing is ever sent',
    rationale: 'A client that waits for the call alone waits for ever; it needs a poll as a safety net.',
  },
  {
    id: 'late',
    title: 'The first attempt comes a minute after the end',
    rationale: 'A client that polls as well has finished long ago and must not do its work twice.',
  },
  {
    id: 'early',
    title: 'The call tells of the end at half of the time, while a poll still says that the task runs',
    rationale: 'A client that asks again to be sure gets another answer than the call gave.',
  },
  {
    id: 'duplicated',
    title: 'Every call that was received comes once more, with the same id',
    rationale: 'Deliveries are made at least once; a receiver that counts calls pays twice.',
  },
  {
    id: 'reordered',
    title: 'Every other call waits until the next task of the vendor was told, a minute at most',
    rationale: 'Calls come in no promised order; a receiver that takes the last for the newest is wrong.',
  },
  {
    id: 'wrong-signature',
    title: 'The signature was made with another secret',
    rationale: 'A receiver that does not verify takes calls from anybody.',
  },
  {
    id: 'differs-from-poll',
    title: 'The call tells of the other outcome than a poll does',
    rationale: 'Where both disagree a client must have decided whom it believes.',
  },
] as const satisfies readonly Oddity[];

export type OddityId = (typeof oddities)[number]['id'];

export function isOddity(id: string): id is OddityId {
  return oddities.some((known) => known.id === id);
}
