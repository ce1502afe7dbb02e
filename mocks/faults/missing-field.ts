import { withoutAt } from '../../src/core/pointer.js';
import { changeJson } from '../change-json.js';
import type { Fault } from '../fault.js';
import { pointerArgument } from '../fault-argument.js';
import { answerFacts } from '../fault-facts.js';

/** The first of these that an answer holds is left out. */
const lost = ['id', 'createdAt'];

export const missingField: Fault = {
  id: 'missing-field',
  title: 'Leaves a required field out of its answers',
  rationale: 'A typed client reads undefined where it was promised a value.',
  facts: [],
  breaks: answerFacts,
  argument: pointerArgument(
    'The place that is left out of every answer which has it; the id or the moment of creation in good ones without.',
    '/data/0/status',
  ),
  applies: () => true,
  reply: (reply, _, { operation, contract, argument }) => {
    const shape = operation.task?.answer ?? contract.submit?.task.poll?.answer ?? {};
    const named = Object.entries(shape).find(([, field]) => 'from' in field && lost.includes(field.from))?.[0];
    const place = argument ?? (reply.status === 200 ? named : undefined);
    return place === undefined ? reply : changeJson(reply, (body) => withoutAt(body, place));
  },
};
