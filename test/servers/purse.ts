/** What accounts have: a task is paid when it is submitted, and paid back when it fails. */

interface Charge {
  readonly owner: string;
  readonly amount: number;
  /** Unix milliseconds at which it is given back; it is kept where absent. */
  readonly backAt?: number;
}

export interface Purse {
  take(charge: Charge): void;
  spent(owner: string, now: number): number;
}

export function createPurse(): Purse {
  const charges: Charge[] = [];
  return {
    take: (charge) => void charges.push(charge),
    spent(owner, now) {
      const own = charges.filter(
        (charge) => charge.owner === owner && (charge.backAt ?? Number.POSITIVE_INFINITY) > now,
      );
      return Math.round(own.reduce((sum, { amount }) => sum + amount, 0) * 1e6) / 1e6;
    },
  };
}
