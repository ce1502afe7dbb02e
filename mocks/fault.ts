import type { Contract } from '../src/contract/contract.js';
import type { Operation } from '../src/contract/operations.js';
import type { Violation } from '../src/contract/validators.js';
import type { TaskView } from '../src/core/task.js';
import type { Clock } from '../src/platform/clock.js';
import type { Rng } from '../src/platform/random.js';
import type { Account } from './accounts.js';
import type { EffectiveRequest } from './admission/effective-request.js';
import type { PictureSpec } from './images/picture.js';
import type { Plan } from './lifecycle/plan.js';
import type { LimitRules } from './limits/limiter.js';
import type { EngineReply, EngineRequest } from './message.js';
import type { StoredTask } from './store.js';
import type { CallbackAddress } from './webhooks/callback-url.js';
import type { OddityId } from './webhooks/oddity.js';
import type { Schedule } from './webhooks/schedule.js';

/** What a hook may look at besides the value it changes. */
export interface FaultContext {
  readonly contract: Contract;
  readonly operation: Operation;
  /** What stands behind `=` in `--fault id=argument`, or undefined. */
  readonly argument: string | undefined;
  readonly clock: Clock;
}

/** One request on its way through whatever stands between a client and the vendor. */
export interface Passage {
  readonly contract: Contract;
  readonly request: EngineRequest;
  readonly argument: string | undefined;
  readonly clock: Clock;
  /** Milliseconds since the mock started. */
  readonly sinceStartMs: number;
  readonly seed: number;
  /** Chance of this request alone: the k-th equal request has the same in every run. */
  readonly rng: Rng;
}

/** What may stand behind `=`; a fault without one takes nothing. */
export interface FaultArgument {
  /** `CODE[,SHARE]` */
  readonly syntax: string;
  /** What it means, and what holds without one. */
  readonly says: string;
  readonly example: string;
  /** What is wrong with an argument, in words that follow it; undefined where nothing is. */
  problem(text: string, contracts: readonly Contract[]): string | undefined;
}

export interface AskedTask {
  readonly id: string;
  readonly account: Account;
  /** The task by that id, whoever owns it. */
  readonly anyone: StoredTask | undefined;
  /** The how manieth time somebody asks for this id, from 1. */
  readonly attempt: number;
}

/**
 * A named misbehaviour. It changes one value on its way through the engine; a hook that returns its input leaves the
 * mock as it is. Everything is deterministic: chance lies in the plan, repetition in `poll` (the how manieth poll).
 */
export interface Fault {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  /** Who is hurt by a server like this. */
  readonly rationale: string;
  /** Facts that it breaks, over all vendors. */
  readonly facts: readonly string[];
  /** Facts that it breaks in this contract besides, read off the places that it changes. */
  breaks?(contract: Contract): readonly string[];
  readonly argument?: FaultArgument;
  /** Whether the contract has what the fault breaks. */
  applies(contract: Contract): boolean;
  account?(found: Account | undefined, key: string | undefined, accounts: AccountsView): Account | undefined;
  violations?(found: readonly Violation[], body: unknown, context: FaultContext): readonly Violation[];
  affords?(enough: boolean): boolean;
  effective?(request: EffectiveRequest, body: unknown, context: FaultContext): EffectiveRequest;
  plan?(plan: Plan, context: FaultContext): Plan;
  /** The id of a new task; `first` is that of the first task. */
  taskId?(id: string, first: string | undefined): string;
  /** How the id of the next task is made; `count` is larger for each. */
  idTemplate?(template: string, count: number): string;
  task?(found: StoredTask | undefined, asked: AskedTask): StoredTask | undefined;
  /** The view as polled; `poll` counts the polls of this task from 1, `ended` those after its end from 1. */
  view?(view: TaskView, at: { readonly poll: number; readonly ended: number }, context: FaultContext): TaskView;
  picture?(spec: PictureSpec): PictureSpec;
  /** The file behind a result URL, so many milliseconds after its task ended. */
  file?(reply: EngineReply, ageMs: number, argument: string | undefined): EngineReply;
  /** The answer to a path or method that the API does not have. */
  unrouted?(reply: EngineReply): EngineReply;
  /** Any answer of the API, as it leaves. */
  reply?(reply: EngineReply, request: EngineRequest, context: FaultContext): EngineReply;
  /** An answer in the place of the vendor's, which then never sees the request. */
  before?(passage: Passage): EngineReply | undefined;
  /** Any answer at all, files included, on its way to the client. */
  after?(reply: EngineReply, passage: Passage): EngineReply | Promise<EngineReply>;
  /** Limits that the vendor has where the fault is switched on. */
  readonly limits?: LimitRules;
  /** What a task takes from the account, and when it comes back. */
  charge?(charge: Charge, plan: Plan): Charge;
  /** A submit as it came in. */
  submitted?(request: EngineRequest, context: FaultContext): EngineRequest;
  /** Whether two submits with one idempotency key count as the same request. */
  sameRequest?(same: boolean): boolean;
  /** The first answer, as it is given again to who repeats a submit with its idempotency key. */
  replayed?(reply: EngineReply, account: Account): EngineReply;
  /** A client hung up before it had the answer to a submit or a poll of a task. */
  hungUp?(gone: HungUp): void;
  /** A way in which calls to receivers go wrong, for this vendor alone. */
  readonly oddity?: OddityId;
  /** The address that a request wants to be called at, as it was judged. */
  callbackAddress?(found: CallbackAddress, text: unknown): CallbackAddress;
  /** When a receiver is called again, and when that ends. */
  callbackSchedule?(schedule: Schedule): Schedule;
  /** What a receiver is told; `attempt` counts the calls about this task from 1. */
  callbackView?(view: TaskView, attempt: number): TaskView;
}

/** A task whose client is gone, and what a server may do about it. */
interface HungUp {
  readonly task: StoredTask;
  readonly by: 'submit' | 'poll';
  /** Ends the task at once. */
  cancel(): void;
  /** Keeps its place among the unfinished tasks of the account for ever. */
  keepPlace(): void;
}

/** Money that leaves an account. */
interface Charge {
  readonly amount: number;
  /** Unix milliseconds; undefined where it is kept. */
  readonly refundAt: number | undefined;
}

interface AccountsView {
  readonly first: Account;
}

/** A fault that is switched on, perhaps only for a while or for a part of what it could change. */
export interface ActiveFault {
  readonly fault: Fault;
  readonly argument: string | undefined;
  /** Milliseconds since the mock started. */
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** 0 to 1; of the tasks where it changes tasks, else of the requests. */
  readonly share?: number;
}
