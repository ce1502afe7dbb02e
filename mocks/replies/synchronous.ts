import { renderAnswer } from '../../src/contract/answer-shape.js';
import type { AsyncTask } from '../../src/contract/async-task.js';
import type { TaskResult } from '../../src/core/task.js';
import { type EngineReply, type EngineRequest, jsonReply } from '../message.js';
import type { StoredTask } from '../store.js';
import { faultContext, throughFaults, type VendorMock } from '../vendor-mock.js';
import { pictureOf } from './results.js';
import { viewOf } from './view.js';

async function inlineResults(mock: VendorMock, stored: StoredTask): Promise<TaskResult[]> {
  const files = Array.from({ length: stored.request.count }, (_, index) =>
    mock.pictures.get(pictureOf(mock, stored, index)),
  );
  return (await Promise.all(files)).map((bytes) => ({ b64: Buffer.from(bytes).toString('base64') }));
}

/** A synchronous vendor keeps the request open until the pictures are there. */
export async function answerAtOnce(
  mock: VendorMock,
  stored: StoredTask,
  task: AsyncTask,
  request: EngineRequest,
): Promise<EngineReply> {
  await mock.clock.sleep(stored.plan.endedAt - mock.clock.now());
  const operation = mock.contract.operations.find(({ id }) => id === stored.operation);
  const seen = viewOf(mock, stored, stored.plan.endedAt, request);
  const view = stored.request.inline ? { ...seen, results: await inlineResults(mock, stored) } : seen;
  const changed = throughFaults(
    mock,
    view,
    (at, active) =>
      operation === undefined
        ? at
        : (active.fault.view?.(at, { poll: 1, ended: 1 }, faultContext(mock, operation, active)) ?? at),
    stored.id,
  );
  return { ...jsonReply(200, renderAnswer(task.answer, changed, task.status?.words)), taskId: stored.id };
}
