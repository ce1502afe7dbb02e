import { fromMillionths, toMillionths } from './money/amount.js';
import { outcomes } from './triggers/outcome.js';

/** An API key with its balance, in the vendor's own unit. */
export interface Account {
  readonly key: string;
  /** What is left at a moment (Unix milliseconds): paid and reserved amounts are gone, failed tasks are given back. */
  balance(now: number): number;
  /** What tasks have taken or hold, at a moment. */
  used(now: number): number;
  /** Holds the price of a task back; a task that fails gives it back at its end. */
  reserve(amount: number, refundAt: number | undefined): void;
  /** Undoes a reservation that was made with these values; one that came back already stays as it is. */
  undo(amount: number, refundAt: number | undefined): void;
  /** Moves what is left and what is taken, whatever the tasks say. */
  adjust(left: number, taken: number): void;
}

/** More than any load test spends. */
export const defaultBalance = 1_000_000_000;

export function createAccount(key: string, opening: number): Account {
  let left = toMillionths(opening);
  // Only tasks that fail come back, so what waits here stays small however many tasks there are.
  let refunds: { amount: number; at: number }[] = [];
  let nextRefund = Number.POSITIVE_INFINITY;
  let taken = 0;
  const move = (amount: number) => {
    left += amount;
    taken -= amount;
  };
  const settleUntil = (now: number) => {
    if (nextRefund > now) return;
    for (const { amount, at } of refunds) if (at <= now) move(amount);
    refunds = refunds.filter(({ at }) => at > now);
    nextRefund = refunds.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  };
  return {
    key,
    used(now) {
      settleUntil(now);
      return fromMillionths(taken);
    },
    balance(now) {
      settleUntil(now);
      return fromMillionths(left);
    },
    reserve(price, refundAt) {
      const amount = toMillionths(price);
      move(-amount);
      if (refundAt === undefined) return;
      refunds.push({ amount, at: refundAt });
      nextRefund = Math.min(nextRefund, refundAt);
    },
    undo(price, refundAt) {
      const amount = toMillionths(price);
      if (refundAt !== undefined) {
        const index = refunds.findIndex((refund) => refund.amount === amount && refund.at === refundAt);
        if (index < 0) return;
        refunds.splice(index, 1);
      }
      move(amount);
    },
    adjust(moreLeft, moreTaken) {
      left += toMillionths(moreLeft);
      taken += toMillionths(moreTaken);
    },
  };
}

/**
 * The accounts that exist where none was named: one that works, another one, one without money, and one for each outcome
 * that a key can stand for.
 */
export function defaultAccounts(vendor: string): Account[] {
  return [
    createAccount(`sk-${vendor}-test`, defaultBalance),
    createAccount(`sk-${vendor}-other`, defaultBalance),
    createAccount(`sk-${vendor}-poor`, 0),
    ...outcomes.map(({ id }) => createAccount(`sk-${vendor}-${id}`, defaultBalance)),
  ];
}
