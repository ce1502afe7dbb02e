/** An API key with its balance, in the vendor's own unit. */
export interface Account {
  readonly key: string;
  /** What is left at a moment (Unix milliseconds): paid and reserved amounts are gone, failed tasks are given back. */
  balance(now: number): number;
  /** Holds the price of a task back; a task that fails gives it back at its end. */
  reserve(amount: number, refundAt: number | undefined): void;
}

/** More than any load test spends. */
export const defaultBalance = 1_000_000_000;

export function createAccount(key: string, opening: number): Account {
  let left = opening;
  // Only tasks that fail come back, so what waits here stays small however many tasks there are.
  let refunds: { amount: number; at: number }[] = [];
  let nextRefund = Number.POSITIVE_INFINITY;
  return {
    key,
    balance(now) {
      if (nextRefund <= now) {
        for (const { amount, at } of refunds) if (at <= now) left += amount;
        refunds = refunds.filter(({ at }) => at > now);
        nextRefund = refunds.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
      }
      return left;
    },
    reserve(amount, refundAt) {
      left -= amount;
      if (refundAt === undefined) return;
      refunds.push({ amount, at: refundAt });
      nextRefund = Math.min(nextRefund, refundAt);
    },
  };
}

/** The three accounts that exist where none was named: one that works, another one, and one without money. */
export function defaultAccounts(vendor: string): Account[] {
  return [
    createAccount(`sk-${vendor}-test`, defaultBalance),
    createAccount(`sk-${vendor}-other`, defaultBalance),
    createAccount(`sk-${vendor}-poor`, 0),
  ];
}
