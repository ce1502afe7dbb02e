import type { Operation } from '../src/contract/operations.js';
import { endTask } from './control/change-task.js';
import type { EngineReply, EngineRequest } from './message.js';
import { throughFaults, type VendorMock } from './vendor-mock.js';

/** Lets faults do what they do when the client of this request hangs up. Only asked for while faults are switched on. */
export function watchHangUp(mock: VendorMock, operation: Operation, request: EngineRequest, reply: EngineReply): void {
  if (!mock.faults.some(({ fault }) => fault.hungUp !== undefined)) return;
  request.onGone?.(() => {
    const task = reply.taskId === undefined ? undefined : mock.store.get(reply.taskId);
    if (task === undefined) return;
    const gone = {
      task,
      by: operation.task === undefined ? 'poll' : 'submit',
      cancel: () => void endTask(mock, task, 'cancelled', undefined),
      keepPlace: () => {
        mock.limiter.ended(task.account.key, task.plan.endedAt);
        mock.limiter.started(task.account.key, Number.POSITIVE_INFINITY);
      },
    } as const;
    throughFaults<void>(mock, undefined, (_, { fault }) => fault.hungUp?.(gone), task.id);
  });
}
