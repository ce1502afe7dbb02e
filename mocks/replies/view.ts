import { repeatsRequest } from '../../src/contract/answer-text.js';
import type { AnswerShape } from '../../src/contract/async-task.js';
import { usageOf } from '../../src/contract/price.js';
import type { Phase, TaskError, TaskResult, TaskView } from '../../src/core/task.js';
import { observe } from '../lifecycle/observe.js';
import type { EngineRequest } from '../message.js';
import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';
import { messageFor } from './language.js';
import { resultUrl } from './results.js';

/** All that an answer takes from a request: what its URLs start with, and the language of its messages. */
export type Asker = Pick<EngineRequest, 'origin' | 'query' | 'headers'>;

function costOf(phase: Phase, price: number): number {
  return phase === 'failed' || phase === 'cancelled' ? 0 : price;
}

function resultsOf(mock: VendorMock, stored: StoredTask, request: Asker): TaskResult[] {
  const expiresAt = stored.plan.endedAt + mock.resultLifetimeMs;
  return Array.from({ length: stored.request.count }, (_, index) => ({
    url: resultUrl(mock, stored, index, request.origin),
    expiresAt,
  }));
}

/** The reason of a failure in the language that was asked for, where the contract has words for it. */
function spoken(failure: TaskError, request: Asker): TaskError {
  const { messages } = failure as { messages?: Readonly<Record<string, string>> };
  const message = messageFor(messages, request);
  return message === undefined ? failure : { ...failure, message };
}

/** A task as an answer tells of it at an instant. */
export function viewOf(mock: VendorMock, stored: StoredTask, now: number, request: Asker): TaskView {
  const { model, body, params } = stored.request;
  return {
    ...plainViewOf(mock, stored, now, request),
    ...(model === undefined ? {} : { model }),
    ...(mock.task.mode === 'sync' ? { usage: usageOf(stored.request) } : {}),
    request: body,
    params,
  };
}

/** The same, of which an answer in this shape takes all that it needs. A fault may look at more. */
export function viewFor(
  shape: AnswerShape,
  mock: VendorMock,
  stored: StoredTask,
  now: number,
  request: Asker,
): TaskView {
  const isNeeded = mock.faults.length > 0 || repeatsRequest(shape, observe(stored.plan, now).phase);
  return isNeeded ? viewOf(mock, stored, now, request) : plainViewOf(mock, stored, now, request);
}

/** The same without what it repeats of the request, for answers that repeat nothing. */
function plainViewOf(mock: VendorMock, stored: StoredTask, now: number, request: Asker): TaskView {
  const { plan } = stored;
  const { phase, progress } = observe(plan, now);
  const cost = costOf(phase, plan.price);
  // Put together without spreading: every poll that tells something new comes by here.
  const view: { -readonly [Name in keyof TaskView]: TaskView[Name] } = {
    id: stored.id,
    phase,
    progress,
    createdAt: plan.createdAt,
    etaSeconds: plan.etaSeconds,
    cost,
    reserved: cost,
    results: phase === 'succeeded' ? resultsOf(mock, stored, request) : [],
  };
  if (now >= plan.endedAt) {
    view.finishedAt = plan.endedAt;
    view.elapsedSeconds = Math.max(1, Math.round((plan.endedAt - plan.createdAt) / 1000));
  }
  if (phase === 'failed' && plan.failure !== undefined) view.error = spoken(plan.failure, request);
  return view;
}
