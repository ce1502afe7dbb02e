import type { VendorMock } from '../vendor-mock.js';

interface Attempt {
  /** Unix milliseconds at which it was due; retries count from here. */
  readonly dueAt: number;
  /** Unix milliseconds at which it was sent. */
  readonly at: number;
  readonly status?: number;
  /** Why there was no answer. */
  readonly error?: string;
}

/**
 * `withheld`: an address that may be named but not called from here. `lost`: swallowed on purpose. `dropped`: the task is
 * gone, or ended in a way that the vendor does not tell.
 */
export type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'given-up' | 'withheld' | 'lost' | 'dropped';

/** What is told about one task, over all attempts. */
export interface Delivery {
  /** The same for every attempt, duplicates and replays included. */
  readonly id: string;
  readonly vendor: string;
  readonly taskId: string;
  readonly url: string;
  readonly state: DeliveryState;
  /** Unix milliseconds of the next attempt. */
  readonly dueAt: number | undefined;
  readonly attempts: readonly Attempt[];
}

/** A delivery as it is worked on. */
export interface OpenDelivery {
  readonly id: string;
  readonly mock: VendorMock;
  readonly taskId: string;
  readonly url: string;
  /** Whether it may be called from here at all. */
  readonly callable: boolean;
  /** What the result URLs in the body start with. */
  readonly origin: string;
  readonly attempts: Attempt[];
  state: DeliveryState;
  dueAt: number;
  /** Ends the present sleep, so that a new due time is looked at. */
  wake?: AbortController;
}

export function isOpenState(state: DeliveryState): boolean {
  return state === 'waiting' || state === 'sending';
}

export function isOpen({ state }: OpenDelivery): boolean {
  return isOpenState(state);
}

export function asDelivery(open: OpenDelivery): Delivery {
  const { id, mock, taskId, url, state, attempts } = open;
  return {
    id,
    vendor: mock.contract.id,
    taskId,
    url,
    state,
    dueAt: state === 'waiting' && Number.isFinite(open.dueAt) ? open.dueAt : undefined,
    attempts: [...attempts],
  };
}
