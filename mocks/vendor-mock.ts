import type { AsyncTask } from '../src/contract/async-task.js';
import type { Contract } from '../src/contract/contract.js';
import type { Operation } from '../src/contract/operations.js';
import type { SideEndpoint } from '../src/contract/side-endpoint.js';
import type { Warmth } from '../src/core/lifecycle/warmth.js';
import type { Json } from '../src/core/pointer.js';
import type { Clock } from '../src/platform/clock.js';
import { hash32 } from '../src/platform/random.js';
import type { Account } from './accounts.js';
import type { RoleDefaults } from './admission/effective-request.js';
import { callNumber } from './call-number.js';
import type { ActiveFault, FaultContext } from './fault.js';
import type { PictureCache } from './images/picture-cache.js';
import type { Journal } from './journal.js';
import type { Occurrences } from './lifecycle/occurrence.js';
import type { Limiter } from './limits/limiter.js';
import type { EngineRequest } from './message.js';
import type { IdempotencyStore } from './money/idempotency.js';
import type { Behaviour } from './scenarios/behaviour.js';
import type { Recorder } from './state/recorder.js';
import type { TaskStore } from './store.js';
import type { UploadStore } from './uploads.js';
import type { Webhooks } from './webhooks/webhooks.js';

/** Everything that belongs to one vendor while the mock runs. */
export interface VendorMock {
  /** Empty for the one that clients without a namespace see. */
  readonly namespace: string;
  readonly journal: Journal;
  readonly webhooks: Webhooks;
  /** Keeps what happens beyond the life of this process; undefined where nothing does. */
  readonly recorder: Recorder | undefined;
  readonly contract: Contract;
  /** The submit operation's block: envelope, poll and delivery rules. */
  readonly task: AsyncTask;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly firstAccount: Account;
  readonly store: TaskStore;
  readonly uploads: UploadStore;
  /** By operationId: what stands beside the tasks. */
  readonly sideEndpoints: ReadonlyMap<string, SideEndpoint>;
  readonly faults: readonly ActiveFault[];
  readonly clock: Clock;
  /** Timing, chances and limits beyond the contract. */
  readonly behaviour: Behaviour;
  readonly limiter: Limiter;
  readonly idempotency: IdempotencyStore;
  /** Unix milliseconds at which the mock was started. */
  readonly startedAt: number;
  /** Whether what comes now finds a vendor that has to start first. */
  readonly warmth: Warmth;
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
  readonly occurrences: Occurrences;
  /** Polls per task, counted only while a fault wants to know. */
  readonly polls: Map<string, { poll: number; ended: number }>;
}

/** What a part of all things is drawn by: a task's id, or the request where there is none yet. */
type Subject = string | EngineRequest;

function seedOf(mock: VendorMock, subject: Subject): string {
  if (typeof subject === 'string') return subject;
  const { what, which } = callNumber(mock, subject);
  return `${what} ${which}`;
}

/** Whether a fault shows now, and to what is asked about. */
function shows(mock: VendorMock, active: ActiveFault, subject: Subject): boolean {
  const { fault, fromMs = 0, untilMs = Number.POSITIVE_INFINITY, share } = active;
  const since = mock.clock.now() - mock.startedAt;
  if (since < fromMs || since >= untilMs) return false;
  return share === undefined || hash32(mock.seed, 'share', fault.id, seedOf(mock, subject)) / 2 ** 32 < share;
}

/** Runs a value through one kind of hook of every fault that shows, in the order they were given. */
export function throughFaults<T>(
  mock: VendorMock,
  value: T,
  apply: (value: T, active: ActiveFault) => T,
  subject: Subject,
): T {
  let at = value;
  for (const active of mock.faults) if (shows(mock, active, subject)) at = apply(at, active);
  return at;
}

export function faultContext(mock: VendorMock, operation: Operation, { argument }: ActiveFault): FaultContext {
  return { contract: mock.contract, operation, argument, clock: mock.clock };
}
