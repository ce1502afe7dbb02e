import type { AsyncTask } from '../src/contract/async-task.js';
import type { Contract } from '../src/contract/contract.js';
import type { Operation } from '../src/contract/operations.js';
import type { Json } from '../src/core/pointer.js';
import type { Clock } from '../src/platform/clock.js';
import type { Account } from './accounts.js';
import type { RoleDefaults } from './admission/effective-request.js';
import type { ActiveFault } from './fault.js';
import type { PictureCache } from './images/picture-cache.js';
import type { TaskStore } from './store.js';

/** Everything that belongs to one vendor while the mock runs. */
export interface VendorMock {
  readonly contract: Contract;
  /** The submit operation's block: envelope, poll and delivery rules. */
  readonly task: AsyncTask;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly firstAccount: Account;
  readonly store: TaskStore;
  readonly faults: readonly ActiveFault[];
  readonly clock: Clock;
  readonly seed: number;
  readonly speed: number;
  readonly pictures: PictureCache;
  /** Where the vendor is mounted: `/<vendor>`. */
  readonly root: string;
  /** How long a delivered file can be fetched. */
  readonly resultLifetimeMs: number;
  /** By operationId, for a model. */
  readonly defaults: ReadonlyMap<string, (model: Json | undefined) => RoleDefaults>;
  /** How often a request was seen before, so that equal requests give different tasks. */
  readonly occurrences: Map<number, number>;
  /** Polls per task, counted only while a fault wants to know. */
  readonly polls: Map<string, { poll: number; ended: number }>;
}

/** Runs a value through one kind of hook of every active fault, in the order they were given. */
export function throughFaults<T>(mock: VendorMock, value: T, apply: (value: T, active: ActiveFault) => T): T {
  let at = value;
  for (const active of mock.faults) at = apply(at, active);
  return at;
}

export function faultContext(mock: VendorMock, operation: Operation, { argument }: ActiveFault) {
  return { contract: mock.contract, operation, argument };
}
