import type { AsyncTask } from '../src/contract/async-task.js';
import type { Contract } from '../src/contract/contract.js';
import type { Operation } from '../src/contract/operations.js';
import { parseDuration } from '../src/core/duration.js';
import { UsageError } from '../src/core/errors.js';
import type { Clock } from '../src/platform/clock.js';
import { type Account, defaultAccounts } from './accounts.js';
import { authenticate } from './admission/authenticate.js';
import { createDefaults } from './admission/schema-defaults.js';
import { controlReply, controlRoot } from './control/state.js';
import type { ActiveFault } from './fault.js';
import { createPictureCache } from './images/picture-cache.js';
import { type EngineReply, type EngineRequest, jsonReply } from './message.js';
import { errorReply } from './replies/error-reply.js';
import { poll } from './replies/poll.js';
import { filesFolder, serveFile } from './replies/results.js';
import { submit } from './replies/submit.js';
import { createRouter, type RouteResult } from './routing.js';
import { createTaskStore } from './store.js';
import { faultContext, throughFaults, type VendorMock } from './vendor-mock.js';

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
  /** Bytes of encoded pictures that are kept. */
  readonly pictureCacheBytes?: number;
}

/** A stateful server for any contracts, without a socket: one request in, one reply out. */
export interface Engine {
  readonly vendors: readonly string[];
  handle(request: EngineRequest): EngineReply | Promise<EngineReply>;
  /** What a request to this path is told when its body is larger than an adapter reads. */
  refuseBody(path: string, mostBytes: number): EngineReply;
}

type Mounted = VendorMock & { readonly route: (method: string, path: string) => RouteResult };

const dayMs = 86_400_000;

function mount(contract: Contract, options: EngineOptions, root: string): Mounted {
  const task = contract.submit?.task;
  if (task === undefined)
    throw new UsageError(
      `${contract.file} has no operation with x-async-task: a mock needs to know how a task is submitted and asked for`,
    );
  const accounts = options.accounts?.(contract.id) ?? defaultAccounts(contract.id);
  const [firstAccount] = accounts;
  if (firstAccount === undefined) throw new UsageError(`${contract.id} needs at least one account`);
  const lifetime = task.lifetimes?.resultUrl;
  return {
    contract,
    task,
    root,
    accounts: new Map(accounts.map((account) => [account.key, account])),
    firstAccount,
    store: createTaskStore(),
    faults: (options.faults ?? []).filter(({ fault }) => fault.applies(contract)),
    clock: options.clock,
    seed: options.seed ?? 1,
    speed: options.speed ?? 1,
    pictures: createPictureCache(options.pictureCacheBytes ?? 64 * 1024 * 1024),
    resultLifetimeMs: lifetime === undefined ? dayMs : parseDuration(lifetime),
    defaults: new Map(
      contract.operations.flatMap((operation) =>
        operation.task === undefined
          ? []
          : [[operation.id, createDefaults(contract, operation.task, Object.values(operation.request)[0])] as const],
      ),
    ),
    occurrences: new Map(),
    polls: new Map(),
    route: createRouter(contract),
  };
}

function submits(operation: Operation): operation is Operation & { readonly task: AsyncTask } {
  return operation.task !== undefined;
}

function unrouted(
  mock: Mounted,
  path: string,
  { method }: EngineRequest,
  other: { allow: readonly string[] } | undefined,
) {
  if (other === undefined) return errorReply(mock.task, 'notFound', `There is no ${method} ${path} in this API`);
  const headers = { allow: other.allow.join(', ') };
  return errorReply(mock.task, 'methodNotAllowed', `${method} is not allowed on ${path}`, { headers });
}

function answer(mock: Mounted, path: string, request: EngineRequest): EngineReply | Promise<EngineReply> {
  if (path.startsWith(filesFolder)) return serveFile(mock, path);
  const route = mock.route(request.method, path);
  if (route === undefined || 'allow' in route)
    return throughFaults(mock, unrouted(mock, path, request, route), (at, { fault }) => fault.unrouted?.(at) ?? at);
  const { operation } = route;
  return operate(mock, operation, request, () => {
    const account = authenticate(mock, request);
    if (account === undefined) return errorReply(mock.task, 'unauthorized', 'The API key is missing or not known');
    if (submits(operation)) return submit(mock, operation, account, request);
    if (operation.id === mock.task.poll?.operation) return poll(mock, route, account, request);
    return errorReply(mock.task, 'notFound', `${operation.id} is in the contract, but this mock does not serve it yet`);
  });
}

function operate(
  mock: Mounted,
  operation: Operation,
  request: EngineRequest,
  work: () => EngineReply | Promise<EngineReply>,
): EngineReply | Promise<EngineReply> {
  const reply = work();
  if (mock.faults.length === 0) return reply;
  const through = (done: EngineReply) =>
    throughFaults(
      mock,
      done,
      (at, active) => active.fault.reply?.(at, request, faultContext(mock, operation, active)) ?? at,
    );
  return reply instanceof Promise ? reply.then(through) : through(reply);
}

/** Mounts each contract under `/<vendor>`; a single one is also served at the root. */
export function createEngine(options: EngineOptions): Engine {
  const mocks = new Map(
    options.contracts.map((contract) => [contract.id, mount(contract, options, `/${contract.id}`)]),
  );
  const only = mocks.size === 1 ? [...mocks.values()][0] : undefined;

  const find = (path: string): { mock: Mounted; rest: string } | undefined => {
    const end = path.indexOf('/', 1);
    const mock = mocks.get(path.slice(1, end < 0 ? undefined : end));
    if (mock !== undefined) return { mock, rest: end < 0 ? '/' : path.slice(end) };
    return only === undefined ? undefined : { mock: only, rest: path };
  };

  return {
    vendors: [...mocks.keys()],
    handle(request) {
      if (request.path.startsWith(controlRoot)) return controlReply([...mocks.values()], request);
      const found = find(request.path);
      if (found !== undefined) return answer(found.mock, found.rest, request);
      return jsonReply(404, {
        error: { message: `Nothing is served at ${request.path}; vendors: ${[...mocks.keys()].join(', ')}` },
      });
    },
    refuseBody(path, mostBytes) {
      const message = `The request body is larger than ${mostBytes} bytes`;
      const found = find(path);
      return found === undefined
        ? jsonReply(413, { error: { message } })
        : errorReply(found.mock.task, 'bodyTooLarge', message);
    },
  };
}
