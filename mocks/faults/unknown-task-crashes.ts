import type { Fault } from '../fault.js';
import { errorReply } from '../replies/error-reply.js';

export const unknownTaskCrashes: Fault = {
  id: 'unknown-task-crashes',
  title: 'Answers 500 to an id that it never gave out',
  rationale: 'A client takes a mistyped id for an outage and tries again.',
  facts: ['A25', 'G11', 'E13'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  reply: (reply, _, { contract, operation }) => {
    const task = contract.submit?.task;
    const unknown = [task?.errors.kinds.unknownTask?.status ?? 404, task?.errors.kinds.malformedTaskId?.status];
    return task !== undefined && operation.id === task.poll?.operation && unknown.includes(reply.status)
      ? errorReply(task, 'serverError', 'Internal error')
      : reply;
  },
};
