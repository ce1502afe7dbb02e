import { getAt, withAt } from '../../src/core/pointer.js';
import { changeJson } from '../change-json.js';
import type { Fault } from '../fault.js';
import { pointerArgument } from '../fault-argument.js';
import { answerFacts } from '../fault-facts.js';

export const garblesField: Fault = {
  id: 'garbles-field',
  title: 'Writes something else where its answers promise a value',
  rationale: 'Code that was written by the page breaks on a type that it never saw, often long after the answer.',
  facts: [],
  breaks: answerFacts,
  argument: pointerArgument(
    'The place that holds something else in every answer which has room for it; without, the moment of creation or the status in good ones.',
    '/usage',
  ),
  applies: () => true,
  reply: (reply, _, { operation, contract, argument }) => {
    const shape = operation.task?.answer ?? contract.submit?.task.poll?.answer ?? {};
    const named = (from: string) =>
      Object.entries(shape).find(([, field]) => 'from' in field && field.from === from)?.[0];
    const usual = reply.status === 200 ? (named('createdAt') ?? named('status')) : undefined;
    const place = argument ?? usual;
    return place === undefined
      ? reply
      : changeJson(reply, (body) => {
          const parent = getAt(body, place.slice(0, place.lastIndexOf('/')));
          if (parent === null || typeof parent !== 'object') return body;
          const before = getAt(body, place);
          return withAt(body, place, typeof before === 'object' && before !== null ? 'garbled' : { garbled: true });
        });
  },
};
