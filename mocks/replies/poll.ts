import { answerText } from '../../src/contract/answer-text.js';
import type { Operation } from '../../src/contract/operations.js';
import { isTerminal, type TaskView } from '../../src/core/task.js';
import type { Account } from '../accounts.js';
import type { AskedTask } from '../fault.js';
import { observe } from '../lifecycle/observe.js';
import { type EngineReply, type EngineRequest, jsonTextReply } from '../message.js';
import type { Route } from '../routing.js';
import type { StoredTask } from '../store.js';
import { faultContext, throughFaults, type VendorMock } from '../vendor-mock.js';
import { answerOnce } from './answer-memo.js';
import { errorReply } from './error-reply.js';
import { viewFor } from './view.js';

function askedId(mock: VendorMock, route: Route, request: EngineRequest): string {
  const place = mock.task.poll?.id;
  if (place === undefined) return '';
  if (place.in === 'path') return route.pathParameters[place.name] ?? '';
  const { query } = request;
  const start = place.name.length + 1;
  // The usual query is this one parameter and needs no decoding.
  if (query.startsWith(place.name) && query[start - 1] === '=') {
    const value = query.slice(start);
    if (/^[\w.-]*$/.test(value)) return value;
  }
  return new URLSearchParams(query).get(place.name) ?? '';
}

/** Answers what became of a task. Nothing is changed by asking. */
export function poll(mock: VendorMock, route: Route, account: Account, request: EngineRequest): EngineReply {
  const id = askedId(mock, route, request);
  if (id === '') {
    const param = mock.task.poll?.id.name ?? 'id';
    return errorReply(mock.task, 'invalidRequest', `'${param}' is required`, { param });
  }
  const anyone = mock.store.get(id);
  const own = anyone?.account === account ? anyone : undefined;
  const found = mock.faults.length === 0 ? own : foundByFaults(mock, own, { id, account, anyone });
  if (found === undefined) {
    const pattern = mock.task.id?.pattern;
    const malformed = pattern !== undefined && !new RegExp(pattern).test(id);
    return errorReply(
      mock.task,
      malformed && mock.task.errors.kinds.malformedTaskId !== undefined ? 'malformedTaskId' : 'unknownTask',
      malformed ? 'The task id is not of the right form' : 'There is no task with this id',
    );
  }
  const now = mock.clock.now();
  const snapshot = observe(found.plan, now);
  const headers =
    request.loopback && isTerminal(snapshot.phase)
      ? { 'x-proofsheet-ready-at': String(Math.round(found.plan.endedAt)) }
      : undefined;
  const render = () => {
    const shape = mock.task.poll?.answer ?? {};
    const view = viewFor(shape, mock, found, now, request);
    const shown = mock.faults.length === 0 ? view : faulted(mock, id, view, route.operation);
    return answerText(shape, shown, mock.task.status?.words);
  };
  // A fault may count the polls, and the reason of a failure is told in the client's language.
  const isPlain = mock.faults.length === 0 && snapshot.phase !== 'failed';
  const body = isPlain ? answerOnce(found, snapshot, request.origin, render) : render();
  const reply = jsonTextReply(200, body, headers);
  return { status: 200, headers: reply.headers, body, taskId: id };
}

function foundByFaults(
  mock: VendorMock,
  own: StoredTask | undefined,
  asked: Omit<AskedTask, 'attempt'>,
): StoredTask | undefined {
  const seen = mock.polls.get(asked.id) ?? { poll: 0, ended: 0 };
  seen.poll += 1;
  mock.polls.set(asked.id, seen);
  return throughFaults(
    mock,
    own,
    (task, { fault }) => (fault.task === undefined ? task : fault.task(task, { ...asked, attempt: seen.poll })),
    asked.id,
  );
}

function faulted(mock: VendorMock, id: string, view: TaskView, operation: Operation): TaskView {
  const seen = mock.polls.get(view.id ?? '') ?? { poll: 1, ended: 0 };
  if (view.phase !== undefined && isTerminal(view.phase)) seen.ended += 1;
  return throughFaults(
    mock,
    view,
    (at, active) => active.fault.view?.(at, { ...seen }, faultContext(mock, operation, active)) ?? at,
    id,
  );
}
