import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operations.js';
import { getAt } from '../core/pointer.js';
import { isAccepted } from './check.js';
import type { Purpose, Sent } from './evidence.js';
import type { Recorder } from './recorder.js';
import { plainCall, type Target } from './requests.js';

interface Place {
  readonly pointer: string;
  readonly tells: 'remaining' | 'used';
  /** What an amount of the vendor's unit is multiplied with there. */
  readonly times: number;
}

/** Where a contract lets an account see what it has. */
interface BalanceEndpoint {
  readonly operation: Operation;
  readonly places: readonly Place[];
}

/** What one answer says about an account, in the vendor's unit, by the place that says it. */
export interface BalanceReading {
  readonly sent: Sent;
  readonly amounts: Readonly<Record<string, { readonly tells: Place['tells']; readonly amount: number }>>;
}

/** The balance around one task: before its submit, and after its end and the last poll. */
export interface WatchedBalance {
  readonly before: readonly BalanceReading[];
  readonly after: readonly BalanceReading[];
}

export function balanceEndpoint(contract: Contract): BalanceEndpoint | undefined {
  const [found] = [...contract.sideEndpoints()].filter(([, { kind }]) => kind === 'balance');
  const operation = contract.operations.find(({ id }) => id === found?.[0]);
  if (found === undefined || operation === undefined) return undefined;
  const places = Object.entries(found[1].answer).flatMap(([pointer, field]): Place[] => {
    if (!('from' in field)) return [];
    const { from } = field;
    if (from !== 'account.remaining' && from !== 'account.used') return [];
    const tells = from === 'account.used' ? 'used' : 'remaining';
    return [{ pointer, tells, times: ('times' in field ? field.times : undefined) ?? 1 }];
  });
  return { operation, places };
}

/** What an answer says about the account; undefined where it tells nothing. */
export function balanceIn(contract: Contract, sent: Sent): BalanceReading | undefined {
  const amounts = (balanceEndpoint(contract)?.places ?? []).flatMap(({ pointer, tells, times }) => {
    const value = isAccepted(sent) ? getAt(sent.json, pointer) : undefined;
    // An account without an end is told by a number below zero.
    if (typeof value !== 'number' || (tells === 'remaining' && value === -1)) return [];
    return [[pointer, { tells, amount: value / times }] as const];
  });
  return amounts.length === 0 ? undefined : { sent, amounts: Object.fromEntries(amounts) };
}

/** Asks for the balance once; undefined where the answer tells none. */
async function readBalance(recorder: Recorder, probe: string, target: Target): Promise<BalanceReading | undefined> {
  const operation = balanceEndpoint(target.contract)?.operation;
  if (operation === undefined) return undefined;
  const purpose: Purpose = { case: 'balance', what: 'for the balance of the account', facts: operation.facts };
  const sent = await recorder.send(probe, {
    ...plainCall(target, operation.method, operation.path, purpose),
    operation,
  });
  return balanceIn(target.contract, sent);
}

/** Reads until two readings in a row agree, for charges are settled a moment later; a few at most. */
export async function readSettled(
  recorder: Recorder,
  probe: string,
  target: Target,
  pause: () => Promise<void>,
): Promise<readonly BalanceReading[]> {
  const readings: BalanceReading[] = [];
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const reading = await readBalance(recorder, probe, target);
    if (reading === undefined) return readings;
    const last = readings.at(-1);
    readings.push(reading);
    if (last !== undefined && JSON.stringify(last.amounts) === JSON.stringify(reading.amounts)) break;
    await pause();
  }
  return readings;
}

/**
 * What left the account around a task. Where several places tell (that of a key and that of its owner), the least counts.
 * Undefined where too little was read, or the account moved on its own.
 */
export function takenBy({ before, after }: WatchedBalance): number | undefined {
  const [first, last] = [before.at(-1), after.at(-1)];
  const isQuiet = before.length === 2 && JSON.stringify(before[0]?.amounts) === JSON.stringify(before[1]?.amounts);
  if (first === undefined || last === undefined || !isQuiet) return undefined;
  const moved = Object.entries(first.amounts).flatMap(([pointer, { tells, amount }]) => {
    const now = last.amounts[pointer];
    return now === undefined ? [] : [tells === 'used' ? now.amount - amount : amount - now.amount];
  });
  // Sums of small decimal prices, so that they can be compared.
  return moved.length === 0 ? undefined : Math.round(Math.min(...moved) * 1e6) / 1e6;
}
