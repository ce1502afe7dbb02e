import { nothingAsked } from '../admission/effective-request.js';
import type { Fault } from '../fault.js';

export const unknownTaskPending: Fault = {
  id: 'unknown-task-pending',
  title: 'Calls an id that it never gave out pending',
  rationale: 'A client with a mistyped id polls for ever.',
  facts: ['A25', 'G11', 'E13'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  task: (found, { id, account }) =>
    found ?? {
      id,
      account,
      operation: '',
      request: nothingAsked,
      plan: {
        createdAt: 0,
        startedAt: 0,
        endedAt: Number.MAX_SAFE_INTEGER,
        outcome: 'succeeded',
        failsAt: 0,
        etaSeconds: 1,
        price: 0,
        seed: '0',
      },
    },
};
