import type { Clock } from '../../src/platform/clock.js';
import { isOpen, type OpenDelivery } from './delivery.js';

/** A platform timer cannot wait longer than 24 days; a longer wait is made of several. */
const longestSleepMs = 2 ** 30;

/** The open deliveries of a mock and the sleeps between their attempts. */
export interface Waiting {
  /** Runs the life of a delivery; what it throws belongs to nobody and ends it. */
  work(delivery: OpenDelivery, life: () => Promise<void>): void;
  /** Sleeps until the delivery is due, however often that moment is moved; false when the mock was closed. */
  until(delivery: OpenDelivery): Promise<boolean>;
  /** Says that a delivery has changed. */
  tell(): void;
  settled(): Promise<void>;
  nextDue(): number | undefined;
  /** Aborts when the mock is closed. */
  readonly signal: AbortSignal;
  close(): void;
}

export function createWaiting(clock: Clock): Waiting {
  const open = new Set<OpenDelivery>();
  let listeners: (() => void)[] = [];
  const closing = new AbortController();
  const closed = () => closing.signal.aborted;

  const tell = () => {
    const told = listeners;
    listeners = [];
    for (const listener of told) listener();
  };
  const isBusy = (delivery: OpenDelivery) => delivery.state === 'sending' || delivery.dueAt <= clock.now();

  return {
    work(delivery, life) {
      open.add(delivery);
      void life()
        .catch((error: unknown) => {
          delivery.state = 'given-up';
          delivery.attempts.push({ dueAt: delivery.dueAt, at: clock.now(), error: String(error) });
        })
        .finally(() => {
          open.delete(delivery);
          tell();
        });
    },
    async until(delivery) {
      while (!closed() && clock.now() < delivery.dueAt) {
        delivery.wake = new AbortController();
        const left = Math.min(delivery.dueAt - clock.now(), longestSleepMs);
        await clock.sleep(left, delivery.wake.signal).catch(() => undefined);
      }
      return !closed();
    },
    tell,
    async settled() {
      while (!closed() && [...open].some((delivery) => isOpen(delivery) && isBusy(delivery)))
        await new Promise<void>((resolve) => listeners.push(resolve));
    },
    nextDue() {
      const moments = [...open].filter(({ state }) => state === 'waiting').map(({ dueAt }) => dueAt);
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    signal: closing.signal,
    close() {
      closing.abort();
      for (const delivery of open) delivery.wake?.abort();
      tell();
    },
  };
}
