import type { Contract } from '../src/contract/contract.js';
import { parseDuration } from '../src/core/duration.js';
import { UsageError } from '../src/core/errors.js';
import { createWarmth } from '../src/core/lifecycle/warmth.js';
import type { Clock } from '../src/platform/clock.js';
import { type Account, defaultAccounts } from './accounts.js';
import { effectiveRequest, withoutIgnored } from './admission/effective-request.js';
import { createDefaults } from './admission/schema-defaults.js';
import type { ActiveFault } from './fault.js';
import type { PictureCache } from './images/picture-cache.js';
import type { Journal } from './journal.js';
import { createOccurrences } from './lifecycle/occurrence.js';
import { createLimiter } from './limits/limiter.js';
import { createIdempotencyStore } from './money/idempotency.js';
import { createRouter, type RouteResult } from './routing.js';
import { type Behaviour, usualBehaviour } from './scenarios/behaviour.js';
import type { Recorder } from './state/recorder.js';
import { createTaskStore } from './store.js';
import { createUploads } from './uploads.js';
import type { VendorMock } from './vendor-mock.js';
import type { WebhookOptions, Webhooks } from './webhooks/webhooks.js';

export interface EngineOptions {
  /** Contracts with an `x-async-task` block. */
  readonly contracts: readonly Contract[];
  readonly clock: Clock;
  /** Equal seeds and requests give equal ids, durations and pictures. */
  readonly seed?: number;
  /** Divides task durations. */
  readonly speed?: number;
  /** Accounts of each vendor; three well-known ones where none are given. */
  readonly accounts?: (vendor: string) => readonly Account[];
  readonly faults?: readonly ActiveFault[];
  /** What each vendor does beyond its contract; by the pages where absent. */
  readonly behaviour?: (vendor: string) => Behaviour;
  /** How callers are called back; loopback receivers only by default. */
  readonly webhooks?: Omit<WebhookOptions, 'clock' | 'speed'>;
  /** Encoded pictures, which several engines may share; each has 64 MiB of its own where absent. */
  readonly pictures?: PictureCache;
  /** Lets clients elsewhere use the control API. */
  readonly adminToken?: string;
  /** Keeps tasks beyond the life of the process; a submit is answered after its task was kept. */
  readonly recorder?: Recorder;
}

/** What the mounts of all namespaces have in common, and the place of this one. */
export interface Shared {
  readonly namespace: string;
  readonly journal: Journal;
  readonly webhooks: Webhooks;
  readonly recorder: Recorder | undefined;
  readonly pictures: PictureCache;
}

export type Mounted = VendorMock & { readonly route: (method: string, path: string) => RouteResult };

const dayMs = 86_400_000;

/** One vendor as it starts: nothing asked, nothing spent. */
export function mount(contract: Contract, options: EngineOptions, root: string, shared: Shared): Mounted {
  const task = contract.submit?.task;
  if (task === undefined)
    throw new UsageError(
      `${contract.file} has no operation with x-async-task: a mock needs to know how a task is submitted and asked for`,
    );
  const accounts = options.accounts?.(contract.id) ?? defaultAccounts(contract.id);
  const [firstAccount] = accounts;
  if (firstAccount === undefined) throw new UsageError(`${contract.id} needs at least one account`);
  const lifetime = task.lifetimes?.resultUrl;
  const faults = (options.faults ?? []).filter(({ fault }) => fault.applies(contract));
  const limits = faults.find(({ fault }) => fault.limits !== undefined)?.fault.limits;
  const usual = options.behaviour?.(contract.id) ?? usualBehaviour;
  const behaviour = limits === undefined ? usual : { ...usual, limits };
  const submits = contract.operations.flatMap((operation) =>
    operation.task === undefined ? [] : [{ id: operation.id, task: operation.task, request: operation.request }],
  );
  const tasks = new Map(submits.map((submit) => [submit.id, submit.task]));
  const defaults = new Map(
    submits.map(({ id, task: own, request }) => [id, createDefaults(contract, own, Object.values(request)[0])]),
  );
  return {
    ...shared,
    contract,
    task,
    root,
    accounts: new Map(accounts.map((account) => [account.key, account])),
    firstAccount,
    store: createTaskStore((operation, received) => {
      const own = tasks.get(operation) ?? task;
      return effectiveRequest(own, defaults.get(operation), withoutIgnored(own, received), received);
    }),
    uploads: createUploads(),
    sideEndpoints: contract.sideEndpoints(),
    faults,
    clock: options.clock,
    behaviour,
    limiter: createLimiter(behaviour.limits),
    idempotency: createIdempotencyStore(task),
    startedAt: options.clock.now(),
    warmth: createWarmth(),
    seed: options.seed ?? 1,
    speed: options.speed ?? 1,
    resultLifetimeMs: lifetime === undefined ? dayMs : parseDuration(lifetime),
    defaults,
    occurrences: createOccurrences(),
    polls: new Map(),
    route: createRouter(contract),
  };
}
