import { answerText } from '../../src/contract/answer-text.js';
import type { AsyncTask } from '../../src/contract/async-task.js';
import type { Operation } from '../../src/contract/operations.js';
import { priceOf } from '../../src/contract/price.js';
import type { Violation } from '../../src/contract/validators.js';
import { timingFor } from '../../src/core/lifecycle/timing.js';
import type { TaskError } from '../../src/core/task.js';
import { createRng, type Rng } from '../../src/platform/random.js';
import type { Account } from '../accounts.js';
import { type EffectiveRequest, effectiveRequest, withoutIgnored } from '../admission/effective-request.js';
import { maskProblem } from '../admission/mask-rule.js';
import type { BodyReading } from '../admission/read-body.js';
import { readBody } from '../admission/read-body.js';
import { propertyTypes } from '../admission/schema-defaults.js';
import { requestHash } from '../lifecycle/occurrence.js';
import { heldBy, planTask } from '../lifecycle/plan.js';
import { makeTaskId } from '../lifecycle/task-id.js';
import { type EngineReply, type EngineRequest, jsonTextReply } from '../message.js';
import { drawOutcome } from '../scenarios/behaviour.js';
import type { StoredTask } from '../store.js';
import type { Outcome } from '../triggers/outcome.js';
import { preferredBy, triggered } from '../triggers/trigger.js';
import { faultContext, throughFaults, type VendorMock } from '../vendor-mock.js';
import type { CallbackAddress } from '../webhooks/callback-url.js';
import { errorReply } from './error-reply.js';
import { streamReply } from './event-stream.js';
import { ownFile } from './own-file.js';
import { refuseFields } from './refuse-fields.js';
import { answerAtOnce } from './synchronous.js';
import { viewFor } from './view.js';

type Submit = Operation & { readonly task: AsyncTask };

/** Takes a generation in: body, rules, money, plan, answer. */
export function submit(mock: VendorMock, operation: Submit, account: Account, request: EngineRequest) {
  const types = (schema: string) => propertyTypes(mock.contract, schema);
  const reading = readBody(request, operation.request, types);
  return reading instanceof Promise
    ? reading.then((done) => admit(mock, operation, account, request, done))
    : admit(mock, operation, account, request, reading);
}

function admit(
  mock: VendorMock,
  operation: Submit,
  account: Account,
  request: EngineRequest,
  reading: BodyReading,
): EngineReply | Promise<EngineReply> {
  const { task } = operation;
  if (!reading.ok) return errorReply(task, reading.kind, reading.message);
  const body = withoutIgnored(task, reading.body);
  const violations = throughFaults(
    mock,
    reading.schema === undefined ? [] : mock.contract.violations(reading.schema, body),
    (found, active) => active.fault.violations?.(found, body, faultContext(mock, operation, active)) ?? found,
    request,
  );
  if (violations.length > 0) return refuseFields(mock.contract, task, violations, body);
  const effective = throughFaults(
    mock,
    effectiveRequest(task, mock.defaults.get(operation.id), body, reading.body),
    (at, active) => active.fault.effective?.(at, body, faultContext(mock, operation, active)) ?? at,
    request,
  );
  const mask = maskProblem(task, body, (address) => ownFile(mock, request.origin, address));
  if (mask === undefined) return start(mock, operation, account, request, effective, reading.text);
  const param = task.request.mask?.slice(1).replaceAll('/', '.') ?? 'mask';
  return mask.then((problem) =>
    problem === undefined
      ? start(mock, operation, account, request, effective, reading.text)
      : errorReply(task, 'invalidRequest', `'${param}' ${problem}`, { param }),
  );
}

function start(
  mock: VendorMock,
  operation: Submit,
  account: Account,
  request: EngineRequest,
  effective: EffectiveRequest,
  received: string,
): EngineReply | Promise<EngineReply> {
  const { task } = operation;
  const callback = callbackOf(mock, operation, effective, request);
  if (callback?.ok === false) {
    const param = task.request.callback?.slice(1).replaceAll('/', '.') ?? 'callback';
    return errorReply(task, 'invalidRequest', `'${param}' ${callback.message}`, { param });
  }
  const now = mock.clock.now();
  const preferred = preferredBy(request);
  const { rng, id } = identify(mock, operation, account, effective, preferred?.id, request);
  const outcome =
    triggered(mock.contract.id, account.key, effective.prompt, preferred) ??
    drawOutcome(mock.behaviour.chances, now - mock.startedAt, rng);
  if (outcome?.refuse !== undefined) return errorReply(task, outcome.refuse, `${outcome.title}, as was asked for`);
  const price = priceOf(task, effective);
  const enough = account.balance(now) >= price;
  const affords = throughFaults(mock, enough, (at, { fault }) => fault.affords?.(at) ?? at, request);
  if (!affords && (task.errors.kinds.paymentRequired !== undefined || task.mode === 'sync'))
    return errorReply(task, 'paymentRequired', 'The balance of this account does not cover the request');
  // A synchronous vendor has no task that could fail: it refuses, as does one that moderates before it accepts.
  if (outcome?.fail === 'moderation' && (task.mode === 'sync' || task.errors.kinds.moderation !== undefined))
    return errorReply(task, 'moderation', 'The prompt was refused by the content policy');
  if (outcome?.fail !== undefined && task.mode === 'sync')
    return errorReply(task, 'serverError', 'The picture could not be made');
  const room = mock.limiter.hasRoom(account.key, now);
  if (room.refusal !== undefined)
    return errorReply(task, 'rateLimited', 'Too many tasks of this key are unfinished', { headers: room.headers });
  const timing = timingFor(mock.behaviour.timing, effective);
  const plan = throughFaults(
    mock,
    planTask(task, {
      now,
      speed: mock.speed,
      price,
      unpaid: !affords,
      failure: failureOf(task, outcome, affords, rng),
      timing,
      cold: timing.coldStart !== undefined && mock.warmth.isCold(now, timing.coldStart.afterMs),
      slower: outcome?.slower ?? 1,
      stuck: outcome?.stuck === true,
      rng,
    }),
    (at, active) => active.fault.plan?.(at, faultContext(mock, operation, active)) ?? at,
    id,
  );
  const stored: StoredTask = {
    id,
    account,
    request: effective,
    plan,
    operation: operation.id,
    lastAnswer: undefined,
    ...(preferred === undefined ? {} : { preferred: preferred.id }),
    ...(callback === undefined
      ? {}
      : { callback: { url: callback.url, reach: callback.reach, origin: request.origin } }),
  };
  const charge = throughFaults(
    mock,
    { amount: heldBy(plan), refundAt: plan.outcome === 'failed' ? plan.endedAt : undefined },
    (at, { fault }) => fault.charge?.(at, plan) ?? at,
    id,
  );
  account.reserve(charge.amount, charge.refundAt);
  mock.limiter.started(account.key, plan.endedAt);
  mock.warmth.ran(plan);
  // A fault may have made something else of the request than the contract does.
  mock.store.add(stored, mock.faults.length === 0 ? received : undefined);
  if (callback !== undefined) mock.webhooks.schedule(mock, stored);
  // What was promised is kept before the promise leaves.
  if (mock.recorder === undefined) return accepted(mock, task, stored, request);
  const unanswered = !effective.stream && mock.idempotency.covers(request);
  return mock.recorder.task(mock, stored, unanswered).then(() => accepted(mock, task, stored, request));
}

/** The address to call back; a wrong one that a fault lets pass is nobody's. */
function callbackOf(
  mock: VendorMock,
  operation: Submit,
  effective: EffectiveRequest,
  request: EngineRequest,
): CallbackAddress | undefined {
  const address = mock.webhooks.address(mock, effective, request);
  if (address?.ok !== false) return address;
  const pointer = operation.task.request.callback ?? '/callback';
  const wrong = [{ pointer, keyword: 'format', schema: '', message: address.message, facts: [] }];
  const left = throughFaults<readonly Violation[]>(
    mock,
    wrong,
    (found, active) => active.fault.violations?.(found, effective.body, faultContext(mock, operation, active)) ?? found,
    request,
  );
  return left.length > 0 ? address : undefined;
}

function accepted(
  mock: VendorMock,
  task: AsyncTask,
  stored: StoredTask,
  request: EngineRequest,
): EngineReply | Promise<EngineReply> {
  if (task.stream !== undefined && stored.request.stream) return streamReply(mock, stored, task.stream, request);
  if (task.mode === 'sync') return answerAtOnce(mock, stored, task, request);
  const view = viewFor(task.answer, mock, stored, stored.plan.createdAt, request);
  const answer = answerText(task.answer, view, task.status?.words);
  const { status, headers, body } = jsonTextReply(task.acceptedStatus ?? 200, answer);
  return { status, headers, body, taskId: stored.id };
}

const refusedByPolicy: TaskError = { message: 'Refused by the content policy' };
const notMade: TaskError = { message: 'The picture could not be made' };

/** Why the task will fail, in the vendor's words. A vendor without an answer for a short balance lets the task fail. */
function failureOf(task: AsyncTask, outcome: Outcome | undefined, affords: boolean, rng: Rng): TaskError | undefined {
  const { moderation, other = [] } = task.failures ?? {};
  if (outcome?.fail === 'moderation') return (moderation ?? refusedByPolicy) as TaskError;
  const usual = (other[0] ?? notMade) as TaskError;
  if (outcome?.fail === 'other') return rng.pick([usual, ...(other.slice(1) as TaskError[])]);
  return affords ? undefined : short(usual);
}

const shortOf = new WeakMap<TaskError, TaskError>();

/** The usual failure, said of a short balance: one value for all tasks that it befalls. */
function short(usual: TaskError): TaskError {
  const known = shortOf.get(usual) ?? { ...usual, message: 'Insufficient credits' };
  shortOf.set(usual, known);
  return known;
}

/** The id and the chance of the k-th occurrence of a request: equal requests in equal order get equal tasks. */
function identify(
  mock: VendorMock,
  operation: Submit,
  account: Account,
  effective: EffectiveRequest,
  preferred: string | undefined,
  request: EngineRequest,
) {
  const what = requestHash(account.key, operation.id, effective, preferred);
  const occurrence = mock.occurrences.next(what);
  const rng = createRng(mock.seed, account.key, what, occurrence);
  const template = operation.task.id?.template ?? '{alnum:24}';
  let count = mock.store.size;
  let id: string;
  do {
    count += 1;
    const shape = throughFaults(mock, template, (at, { fault }) => fault.idTemplate?.(at, count) ?? at, request);
    id = makeTaskId(shape, mock.clock.now(), rng);
  } while (mock.store.has(id));
  return { rng, id: throughFaults(mock, id, (at, { fault }) => fault.taskId?.(at, firstId(mock)) ?? at, request) };
}

function firstId(mock: VendorMock): string | undefined {
  for (const { id } of mock.store.all()) return id;
  return undefined;
}
