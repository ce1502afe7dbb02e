import type { Contract } from '../src/contract/contract.js';
import { UsageError } from '../src/core/errors.js';
import { nearMatches } from '../src/core/near-matches.js';
import type { ActiveFault } from './fault.js';
import { faults } from './faults/index.gen.js';
import { isOddity, type OddityId, oddities } from './webhooks/oddity.js';

/** What calls that go wrong are called among the faults. */
export const callbackPrefix = 'callback-';

/** A fault as it is asked for: `id` or `id=argument`, perhaps not always. */
export interface NamedFault {
  readonly text: string;
  /** 0 to 1. */
  readonly share?: number;
  /** Milliseconds since the mock started. */
  readonly fromMs?: number;
  readonly untilMs?: number;
}

/** Every name that a fault can be asked for by. */
function faultNames(): string[] {
  return [...faults.map(({ id }) => id), ...oddities.map(({ id }) => callbackPrefix + id)];
}

function split(text: string): { readonly id: string; readonly argument: string | undefined } {
  const mark = text.indexOf('=');
  return mark < 0 ? { id: text, argument: undefined } : { id: text.slice(0, mark), argument: text.slice(mark + 1) };
}

/** What is wrong with the name or the argument of a fault, whatever the vendor; undefined where nothing is. */
export function problemOf(text: string, contracts: readonly Contract[] = []): string | undefined {
  const { id, argument } = split(text);
  const names = faultNames();
  if (!names.includes(id)) {
    const near = nearMatches(id, names);
    const known = near.length > 0 ? `near it are ${near.join(', ')}` : `known are ${names.join(', ')}`;
    return `Unknown fault ${JSON.stringify(id)}: ${known}`;
  }
  if (argument === undefined) return undefined;
  const taken = faults.find((fault) => fault.id === id)?.argument;
  if (taken === undefined) return `Fault ${id} takes no argument, not ${JSON.stringify(argument)}`;
  const problem = taken.problem(argument, contracts);
  return problem === undefined
    ? undefined
    : `Fault ${id}: ${JSON.stringify(argument)} ${problem} (${id}=${taken.syntax})`;
}

/** The way in which calls go wrong that a name stands for; undefined for faults of the API. */
export function oddityOf(text: string): OddityId | undefined {
  const id = text.startsWith(callbackPrefix) ? text.slice(callbackPrefix.length) : '';
  return isOddity(id) ? id : undefined;
}

/** The fault that a name stands for. Throws a `UsageError`. */
export function activeFault({ text, ...when }: NamedFault, contracts: readonly Contract[]): ActiveFault {
  const problem = problemOf(text, contracts);
  if (problem !== undefined) throw new UsageError(problem);
  const { id, argument } = split(text);
  const fault = faults.find((known) => known.id === id);
  if (fault === undefined) throw new UsageError(`Fault ${id} is one of callbacks and cannot be given here`);
  if (!contracts.some((contract) => fault.applies(contract)))
    throw new UsageError(`Fault ${id} has nothing to break in ${contracts.map((contract) => contract.id).join(', ')}`);
  return { fault, argument, ...when };
}
