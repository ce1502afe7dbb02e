import { withoutAt } from '../../src/core/pointer.js';
import { changeJson } from '../change-json.js';
import type { Fault } from '../fault.js';

/** The first of these that an answer holds is left out. */
const lost = ['id', 'createdAt'];

export const missingField: Fault = {
  id: 'missing-field',
  title: 'Leaves a required field out of its answers',
  rationale: 'A typed client reads undefined where it was promised a value.',
  facts: ['A2', 'A22', 'G8', 'G14', 'G15', 'P2', 'E2', 'E12'],
  applies: () => true,
  reply: (reply, _, { operation, contract }) => {
    const shape = operation.task?.answer ?? contract.submit?.task.poll?.answer ?? {};
    const named = Object.entries(shape).find(([, field]) => 'from' in field && lost.includes(field.from))?.[0];
    return reply.status === 200 && named !== undefined ? changeJson(reply, (body) => withoutAt(body, named)) : reply;
  },
};
