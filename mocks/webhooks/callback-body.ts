import { renderAnswer } from '../../src/contract/answer-shape.js';
import type { TaskView } from '../../src/core/task.js';
import { viewOf } from '../replies/view.js';
import type { StoredTask } from '../store.js';
import { throughFaults, type VendorMock } from '../vendor-mock.js';

/** The same task with the other end. */
function turned(view: TaskView): TaskView {
  const { error: _, ...rest } = view;
  if (view.phase !== 'succeeded') return { ...rest, phase: 'succeeded', progress: 100 };
  const error = { code: 'unknown_error', type: 'task_error', message: 'The generation failed' };
  return { ...rest, phase: 'failed', results: [], cost: 0, error };
}

/** What a receiver is sent: the answer to a poll at that moment. */
export function callbackBody(
  mock: VendorMock,
  stored: StoredTask,
  now: number,
  origin: string,
  differs: boolean,
  attempt: number,
): string {
  const view = viewOf(mock, stored, now, { origin, query: '', headers: {} });
  const shape = mock.task.poll?.answer ?? mock.task.answer;
  const told = throughFaults(
    mock,
    differs ? turned(view) : view,
    (at, { fault }) => fault.callbackView?.(at, attempt) ?? at,
    stored.id,
  );
  return JSON.stringify(renderAnswer(shape, told, mock.task.status?.words));
}
