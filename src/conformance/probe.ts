import type { Contract, SubmitOperation } from '../contract/contract.js';
import type { Rng } from '../platform/random.js';
import type { CallbackDesk } from './callback-desk.js';
import type { Thoroughness } from './cases/thoroughness.js';
import type { Journey, Purpose, Sent } from './evidence.js';
import type { JourneyPlan } from './journey.js';
import type { Call } from './recorder.js';
import type { Target } from './requests.js';

const depths = ['free', 'smoke', 'full'] as const;
/** `free`: nothing that can create a task. `smoke`: one task. `full`: everything. */
export type Depth = (typeof depths)[number];

/** What a probe can see before anything is sent: it decides what it would cost. */
export interface ProbeSetting {
  readonly contract: Contract;
  readonly depth: Depth;
  readonly loopback: boolean;
  /** How many of the generated cases are sent. */
  readonly cases: Thoroughness;
  readonly hasOtherKey: boolean;
  readonly hasPoorKey: boolean;
  /** Whether there is an address that the vendor can call. */
  readonly hasReceiver: boolean;
  /** A prompt that the vendor's moderation refuses. */
  readonly failingPrompt: string;
  /** The run's seed, to be told to whoever wants to see a request again. */
  readonly seed: number;
  /** Seeded by the run's seed and the probe's id. */
  readonly rng: () => Rng;
}

/** What a probe works with. */
export interface ProbeContext extends ProbeSetting {
  readonly target: Target;
  /** Sends one request that is not meant to create a task. */
  send(call: Call): Promise<Sent>;
  /** Submits a task and follows it to its end; several go on at once, within bounds. */
  travel(plan: Omit<JourneyPlan, 'extraPolls'> & { readonly extraPolls?: number }): Promise<Journey>;
  /** Journeys of earlier probes and of this one. */
  readonly journeys: readonly Journey[];
  /** Hands out addresses to be called at, where there is a receiver. */
  readonly desk: CallbackDesk | undefined;
  /** Unix milliseconds. */
  now(): number;
  /** Waits until something is so, or that many milliseconds have passed; whether it came to be so. */
  until(isSo: () => boolean, mostMs: number): Promise<boolean>;
  /** Writes down what was left out, and why. */
  note(text: string): void;
}

/** Thrown by a probe that finds at run time that it has nothing to do. */
export class SkipProbe extends Error {
  override readonly name = 'SkipProbe';
}

/** Sends requests for a purpose; it never judges. */
export interface Probe {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  /** Why it is worth sending. */
  readonly rationale: string;
  /** The least depth at which it runs. */
  readonly depth: Depth;
  /** Nothing else is sent meanwhile: it looks at what all requests share, such as balances and limits. */
  readonly alone?: boolean;
  /** How many tasks it can create on a conforming server at most. */
  tasks(setting: ProbeSetting): number;
  /** Loads what is only needed by it, before time counts. */
  prepare?(): Promise<unknown>;
  run(context: ProbeContext): Promise<void>;
}

export function isDeepEnough(depth: Depth, needed: Depth): boolean {
  return depths.indexOf(depth) >= depths.indexOf(needed);
}

/** The operation that submits; a skip where the contract has none. */
export function submitOf({ contract }: ProbeSetting): SubmitOperation {
  if (contract.submit === undefined) throw new SkipProbe('the contract has no operation with x-async-task');
  return contract.submit;
}

/** Waits for all of them even when one fails, so that nothing goes on behind a probe's back. */
export async function together<T>(works: readonly (Promise<T> | undefined)[]): Promise<void> {
  const settled = await Promise.allSettled(works);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

export function refusedAs(
  purposeCase: Purpose['case'],
  what: string,
  facts: readonly string[],
  refusal: NonNullable<Purpose['refusal']>,
  pointer?: string,
): Purpose {
  return { case: purposeCase, what, facts, refusal, ...(pointer === undefined ? {} : { pointer }) };
}
