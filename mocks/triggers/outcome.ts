import type { ErrorKind } from '../../src/contract/async-task.js';

/** Something that a client can ask the mock to let happen to one request. */
export interface Outcome {
  /** As it is written in a prompt, a key, a header or a scenario. */
  readonly id: string;
  readonly title: string;
  /** Refused at once, as the vendor would. */
  readonly refuse?: ErrorKind;
  /** The task is accepted and fails: as moderation would, or for another of the vendor's reasons. */
  readonly fail?: 'moderation' | 'other';
  /** Multiplies the time that the task runs. */
  readonly slower?: number;
  /** The task never ends. */
  readonly stuck?: boolean;
}

/** Every outcome that can be asked for, in the order of the documentation. */
export const outcomes: readonly Outcome[] = [
  { id: 'succeeded', title: 'The task succeeds, whatever chance would have said' },
  { id: 'moderation', title: 'The prompt is refused by moderation, as the vendor does it', fail: 'moderation' },
  { id: 'failed', title: 'The task fails for another reason than its prompt', fail: 'other' },
  { id: 'slow', title: 'The task takes ten times as long', slower: 10 },
  { id: 'stuck', title: 'The task never ends', stuck: true },
  { id: 'invalid', title: 'The request is refused as invalid', refuse: 'invalidRequest' },
  { id: 'unauthorized', title: 'The key is refused', refuse: 'unauthorized' },
  { id: 'payment-required', title: 'The balance is short', refuse: 'paymentRequired' },
  { id: 'forbidden', title: 'The key may not do this', refuse: 'forbidden' },
  { id: 'rate-limited', title: 'Too many requests', refuse: 'rateLimited' },
  { id: 'server-error', title: 'The vendor fails', refuse: 'serverError' },
  { id: 'bad-gateway', title: 'What stands before the vendor fails', refuse: 'badGateway' },
];

const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));

export function outcomeById(id: string | undefined): Outcome | undefined {
  return id === undefined ? undefined : byId.get(id);
}
