import type { Contract } from '../contract/contract.js';
import { getAt, type Json } from '../core/pointer.js';
import type { LoadTransport } from '../platform/http-pool.js';
import type { LoadTarget } from './load-target.js';

/** What the account of a run has used so far, in the vendor's unit, up to a constant; undefined where nobody tells. */
export type UsedSoFar = () => Promise<number | undefined>;

interface Place {
  readonly pointer: string;
  /** What is left falls by what is used. */
  readonly sign: 1 | -1;
  /** What an amount of the vendor's unit is multiplied with there. */
  readonly times: number;
}

/** Reads the account where the contract has an endpoint for it; undefined where it has none. */
export function usedByAccount(
  contract: Contract,
  { baseUrl, headers }: LoadTarget,
  transport: LoadTransport,
): UsedSoFar | undefined {
  const [found] = [...contract.sideEndpoints()].filter(([, { kind }]) => kind === 'balance');
  const operation = contract.operations.find(({ id }) => id === found?.[0]);
  if (found === undefined || operation === undefined) return undefined;
  const [place] = Object.entries(found[1].answer).flatMap(([pointer, field]): Place[] => {
    const from = 'from' in field ? field.from : undefined;
    if (from !== 'account.remaining' && from !== 'account.used') return [];
    return [
      { pointer, sign: from === 'account.used' ? 1 : -1, times: ('times' in field ? field.times : undefined) ?? 1 },
    ];
  });
  if (place === undefined) return undefined;
  return async () => {
    const { status, body } = await transport({ method: 'GET', url: baseUrl + operation.path, headers });
    if (status !== 200) return undefined;
    const amount = getAt(JSON.parse(body) as Json, place.pointer);
    // An account without an end is told by a number below zero.
    if (typeof amount !== 'number' || (place.sign < 0 && amount < 0)) return undefined;
    return (place.sign * amount) / place.times;
  };
}

/** Sums of decimal prices differ by roundings. */
const ROUNDING = 1e-3;

export interface Charged {
  /** Undefined where the account did not tell. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly unit: string;
  /** Undefined where the contract has no price rule. */
  readonly pricePerTask: number | undefined;
  /** Tasks that certainly cost, and those of which that is not known. */
  readonly succeeded: number;
  readonly uncertain: number;
}

/** One sentence where the account and the tasks do not add up; nothing where that is not known. */
export function brokenAccount({ before, after, unit, pricePerTask, succeeded, uncertain }: Charged): string[] {
  if (before === undefined || after === undefined || pricePerTask === undefined) return [];
  const used = after - before;
  const least = succeeded * pricePerTask;
  const most = (succeeded + uncertain) * pricePerTask;
  if (used >= least - ROUNDING && used <= most + ROUNDING) return [];
  const rounded = (amount: number) => Math.round(amount * 1e6) / 1e6;
  const owed = uncertain === 0 ? `cost ${rounded(least)}` : `cost ${rounded(least)} to ${rounded(most)}`;
  return [`the account was charged ${rounded(used)} ${unit}, its tasks ${owed}`];
}
