import type { AsyncTask } from '../src/contract/async-task.js';
import type { Contract } from '../src/contract/contract.js';
import type { Operation } from '../src/contract/operations.js';
import type { Account } from './accounts.js';
import { authenticate } from './admission/authenticate.js';
import { callNumber } from './call-number.js';
import { mostSnapshotBytes, restoresSnapshot, snapshotTooLarge } from './control/body-limit.js';
import { type Looker, mayLook } from './control/may-look.js';
import { controlRoot } from './control/route.js';
import { watchHangUp } from './hang-up.js';
import { createPictureCache } from './images/picture-cache.js';
import { type EngineReply, type EngineRequest, jsonReply } from './message.js';
import { type EngineOptions, type Mounted, mount } from './mount.js';
import { createNamespaces, type Namespace, type Namespaces } from './namespaces.js';
import { pass } from './passage.js';
import { withAnswerHeaders } from './replies/answer-headers.js';
import { errorReply } from './replies/error-reply.js';
import { poll } from './replies/poll.js';
import { filesFolder, serveFile } from './replies/results.js';
import { sideRefusal, sideReply } from './replies/side-endpoint.js';
import { submit } from './replies/submit.js';
import { translate } from './replies/translate.js';
import { serveUpload, uploadsFolder } from './replies/upload.js';
import { createTimeControl, type TimeControl } from './time-control.js';
import { faultContext, throughFaults } from './vendor-mock.js';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.js';

export type { EngineOptions } from './mount.js';

/** A stateful server for any contracts, without a socket: one request in, one reply out. */
export interface Engine {
  readonly vendors: readonly string[];
  handle(request: EngineRequest): EngineReply | Promise<EngineReply>;
  /** Bytes of a body that an adapter should read, where that is another number than the adapter's own. */
  bodyLimit(request: Looker & { readonly method: string; readonly path: string }): number | undefined;
  /** What a request to this path is told when its body is larger than an adapter reads. */
  refuseBody(path: string, mostBytes: number): EngineReply;
  readonly namespaces: Namespaces;
  readonly webhooks: Webhooks;
  readonly time: TimeControl;
  /** Ends what would still happen by itself: calls that wait for their moment. */
  close(): void;
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
  if (path.startsWith(filesFolder)) return noted(mock, undefined, path, request, () => serveFile(mock, path));
  if (path.startsWith(uploadsFolder)) return noted(mock, undefined, path, request, () => serveUpload(mock, path));
  const route = mock.route(request.method, path);
  if (route === undefined || 'allow' in route)
    return noted(mock, undefined, path, request, () =>
      throughFaults(
        mock,
        translate(mock.task, unrouted(mock, path, request, route), request),
        (at, { fault }) => fault.unrouted?.(at) ?? at,
        request,
      ),
    );
  const { operation } = route;
  const side = mock.sideEndpoints.get(operation.id);
  const serve = () => {
    const account = authenticate(mock, request);
    const unknownKey = 'The API key is missing or not known';
    if (account === undefined)
      return sideRefusal(side, unknownKey) ?? errorReply(mock.task, 'unauthorized', unknownKey);
    if (side !== undefined) return sideReply(mock, side, account, request);
    if (submits(operation)) {
      const asked = throughFaults(
        mock,
        request,
        (at, active) => active.fault.submitted?.(at, faultContext(mock, operation, active)) ?? at,
        request,
      );
      return limited(mock, account, 'submit', () =>
        mock.idempotency.once(mock, account, asked, () => submit(mock, operation, account, asked)),
      );
    }
    if (operation.id === mock.task.poll?.operation)
      return limited(mock, account, 'poll', () => poll(mock, route, account, request));
    return errorReply(mock.task, 'notFound', `${operation.id} is in the contract, but this mock does not serve it yet`);
  };
  return noted(mock, operation.id, path, request, () => operate(mock, operation, request, serve));
}

/** Writes what was answered into the journal. */
function noted(
  mock: Mounted,
  operation: string | undefined,
  path: string,
  request: EngineRequest,
  work: () => EngineReply | Promise<EngineReply>,
): EngineReply | Promise<EngineReply> {
  const began = mock.clock.now();
  const note = (reply: EngineReply) => {
    const ms = mock.clock.now() - began;
    mock.journal.record(began, mock.contract.id, operation, request.method, path, reply.status, reply.taskId, ms);
    return reply;
  };
  const reply = work();
  return reply instanceof Promise ? reply.then(note) : note(reply);
}

function answerWhole(mock: Mounted, path: string, request: EngineRequest): EngineReply | Promise<EngineReply> {
  const work = () => answer(mock, path, request);
  // Requests are counted as they come: which of them is answered first is another matter.
  if (mock.task.requestIdHeader !== undefined) callNumber(mock, request);
  const reply =
    mock.faults.length === 0
      ? work()
      : pass(mock, request, work, (instead) => noted(mock, undefined, path, request, () => instead));
  const complete = (done: EngineReply) => withAnswerHeaders(mock, request, done);
  return reply instanceof Promise ? reply.then(complete) : complete(reply);
}

/** Takes the request out of its key's bucket; true rate headers stand on every answer of a limited vendor. */
function limited(
  mock: Mounted,
  account: Account,
  kind: 'submit' | 'poll',
  work: () => EngineReply | Promise<EngineReply>,
): EngineReply | Promise<EngineReply> {
  if (mock.behaviour.limits === undefined) return work();
  const { headers, refusal, level } = mock.limiter.admit(account.key, kind, mock.clock.now());
  // Nobody waits for it; of a submit it is on the disk before the task, and where a write failed no task follows.
  if (level !== undefined) void mock.recorder?.level(mock, level).catch(() => undefined);
  if (refusal !== undefined) return errorReply(mock.task, 'rateLimited', 'Too many requests', { headers });
  // Who is turned away for having too many tasks at once is not told of a bucket that has room.
  const withHeaders = (reply: EngineReply): EngineReply =>
    reply.status === 429 ? reply : { ...reply, headers: { ...reply.headers, ...headers } };
  const reply = work();
  return reply instanceof Promise ? reply.then(withHeaders) : withHeaders(reply);
}

function operate(
  mock: Mounted,
  operation: Operation,
  request: EngineRequest,
  work: () => EngineReply | Promise<EngineReply>,
): EngineReply | Promise<EngineReply> {
  const reply = work();
  const through = (done: EngineReply) => {
    if (mock.faults.length > 0) watchHangUp(mock, operation, request, done);
    return throughFaults(
      mock,
      translate(mock.task, done, request),
      (at, active) => active.fault.reply?.(at, request, faultContext(mock, operation, active)) ?? at,
      done.taskId ?? request,
    );
  };
  return reply instanceof Promise ? reply.then(through) : through(reply);
}

const tooLarge = (mostBytes: number) => `The request body is larger than ${mostBytes} bytes`;

type Control = typeof import('./control/control.js');

let loadedControl: Control | undefined;

/** Loads what answers control calls. A server does so with the first of them: most are only used, and start sooner. */
export async function loadControl(): Promise<Control> {
  loadedControl = await import('./control/control.js');
  return loadedControl;
}

/** Mounts each contract under `/<vendor>`; a single one is also served at the root. */
export function createEngine(options: EngineOptions): Engine {
  const contracts = new Map(options.contracts.map((contract) => [contract.id, contract]));
  const vendors = [...contracts.keys()];
  const only = vendors.length === 1 ? vendors[0] : undefined;
  const webhooks = createWebhooks({ ...options.webhooks, clock: options.clock, speed: options.speed ?? 1 });
  const pictures = options.pictures ?? createPictureCache(64 * 1024 * 1024);
  const namespaces = createNamespaces<Mounted>(vendors, (vendor, namespace, journal) =>
    mount(contracts.get(vendor) as Contract, options, `/${vendor}`, {
      namespace,
      journal,
      webhooks,
      recorder: options.recorder,
      pictures,
    }),
  );

  const find = (space: Namespace<Mounted>, path: string): { mock: Mounted; rest: string } | undefined => {
    const end = path.indexOf('/', 1);
    const named = space.mock(path.slice(1, end < 0 ? undefined : end));
    if (named !== undefined) return { mock: named, rest: end < 0 ? '/' : path.slice(end) };
    const mock = only === undefined ? undefined : space.mock(only);
    return mock === undefined ? undefined : { mock, rest: path };
  };

  const control = (space: Namespace, request: EngineRequest) => {
    const { clock, recorder, adminToken } = options;
    const at = { namespaces, space, webhooks, clock, recorder };
    const steer = ({ controlReply }: Control) => controlReply(at, request, adminToken);
    return loadedControl === undefined ? loadControl().then(steer) : steer(loadedControl);
  };

  return {
    vendors,
    namespaces,
    webhooks,
    time: createTimeControl(options.clock, webhooks, namespaces),
    close: webhooks.close,
    handle(request) {
      const space = namespaces.of(request);
      if ('status' in space) return space;
      if (request.path.startsWith(controlRoot)) return control(space, request);
      const found = find(space, request.path);
      if (found !== undefined) return answerWhole(found.mock, found.rest, request);
      return jsonReply(404, {
        error: { message: `Nothing is served at ${request.path}; vendors: ${vendors.join(', ')}` },
      });
    },
    bodyLimit: (request) =>
      restoresSnapshot(request.method, request.path) && mayLook(request, options.adminToken)
        ? mostSnapshotBytes
        : undefined,
    refuseBody(path, mostBytes) {
      if (path.startsWith(controlRoot))
        return jsonReply(413, {
          error: { message: mostBytes === mostSnapshotBytes ? snapshotTooLarge : tooLarge(mostBytes) },
        });
      const message = tooLarge(mostBytes);
      const found = find(namespaces.main, path);
      return found === undefined
        ? jsonReply(413, { error: { message } })
        : errorReply(found.mock.task, 'bodyTooLarge', message);
    },
  };
}
