import { renderAnswer } from '../../src/contract/answer-shape.js';
import type { AsyncTask } from '../../src/contract/async-task.js';
import type { Operation } from '../../src/contract/operations.js';
import { getAt, type Json, withoutAt } from '../../src/core/pointer.js';
import type { TaskError } from '../../src/core/task.js';
import { createRng, hash32 } from '../../src/platform/random.js';
import type { Account } from '../accounts.js';
import { type EffectiveRequest, effectiveRequest } from '../admission/effective-request.js';
import { violatesSchema } from '../admission/ignored.js';
import type { BodyReading } from '../admission/read-body.js';
import { readBody } from '../admission/read-body.js';
import { propertyTypes } from '../admission/schema-defaults.js';
import { stableText } from '../admission/stable-text.js';
import { planTask } from '../lifecycle/plan.js';
import { priceOf } from '../lifecycle/price.js';
import { makeTaskId } from '../lifecycle/task-id.js';
import { type EngineReply, type EngineRequest, jsonReply } from '../message.js';
import type { StoredTask } from '../store.js';
import { faultContext, throughFaults, type VendorMock } from '../vendor-mock.js';
import { errorReply, refusalMessage } from './error-reply.js';
import { streamReply } from './event-stream.js';
import { answerAtOnce } from './synchronous.js';
import { viewOf } from './view.js';

/** The words that our mocks refuse as the vendor's moderation would. */
const refusedWords = 'policy violation';

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
  );
  if (violations.length > 0) {
    const { message, param } = refusalMessage(violations);
    return errorReply(task, 'invalidRequest', message, param === undefined ? {} : { param });
  }
  const effective = throughFaults(
    mock,
    effectiveRequest(task, mock.defaults.get(operation.id)?.(modelOf(task, body)) ?? {}, body, reading.body),
    (at, active) => active.fault.effective?.(at, body, faultContext(mock, operation, active)) ?? at,
  );
  const price = priceOf(task, effective);
  const affords = throughFaults(
    mock,
    account.balance(mock.clock.now()) >= price,
    (enough, { fault }) => fault.affords?.(enough) ?? enough,
  );
  if (!affords && task.errors.kinds.paymentRequired !== undefined)
    return errorReply(task, 'paymentRequired', 'The balance of this account does not cover the request');
  const refused = effective.prompt.toLowerCase().includes(refusedWords);
  if (refused && task.mode === 'sync')
    return errorReply(task, 'moderation', 'The prompt was refused by the content policy');
  const stored = enqueue(mock, operation, account, effective, price, failureOf(task, refused, affords));
  if (task.stream !== undefined && effective.stream) return streamReply(mock, stored, task.stream, request);
  if (task.mode === 'sync') return answerAtOnce(mock, stored, task, request);
  const view = viewOf(mock, stored, mock.clock.now(), request);
  return jsonReply(200, renderAnswer(task.answer, view, task.status?.words));
}

function modelOf(task: AsyncTask, body: Json): Json | undefined {
  return task.request.model === undefined ? undefined : (getAt(body, task.request.model) as Json | undefined);
}

function withoutIgnored(task: AsyncTask, body: Json): Json {
  let at = body;
  for (const rule of task.ignore ?? [])
    if (getAt(at, rule.pointer) !== undefined && !violatesSchema(rule.if, at)) at = withoutAt(at, rule.pointer);
  return at;
}

/** A vendor without an answer for a short balance takes the task in and lets it fail. */
function failureOf(task: AsyncTask, refused: boolean, affords: boolean): TaskError | undefined {
  if (refused) return (task.failures?.moderation ?? { message: 'Refused by the content policy' }) as TaskError;
  return affords ? undefined : { ...(task.failures?.other?.[0] as TaskError), message: 'Insufficient credits' };
}

function enqueue(
  mock: VendorMock,
  operation: Submit,
  account: Account,
  request: EffectiveRequest,
  price: number,
  failure: TaskError | undefined,
): StoredTask {
  const now = mock.clock.now();
  const what = hash32(account.key, operation.id, stableText(request.body));
  const occurrence = mock.occurrences.get(what) ?? 0;
  mock.occurrences.set(what, occurrence + 1);
  const rng = createRng(mock.seed, account.key, what, occurrence);
  const plan = throughFaults(
    mock,
    planTask(operation.task, request, { now, speed: mock.speed, price, failure, rng }),
    (at, active) => active.fault.plan?.(at, faultContext(mock, operation, active)) ?? at,
  );
  let id = makeTaskId(operation.task.id?.template ?? '{alnum:24}', now, rng);
  while (mock.store.has(id)) id = makeTaskId(operation.task.id?.template ?? '{alnum:24}', now, rng);
  account.reserve(price, plan.outcome === 'failed' ? plan.endedAt : undefined);
  const stored: StoredTask = { id, account, request, plan, operation: operation.id };
  mock.store.add(stored);
  return stored;
}
