import { getAt } from '../../src/core/pointer.js';
import type { Fault } from '../fault.js';

export const refusesClamp: Fault = {
  id: 'refuses-clamp',
  title: 'Refuses a number that the page says it moves into bounds',
  rationale: 'A client that relies on the clamp gets an error.',
  facts: [],
  breaks: ({ submit }) => (submit?.task.clamp ?? []).flatMap(({ facts }) => facts ?? []),
  applies: ({ submit }) => (submit?.task.clamp ?? []).length > 0,
  violations: (found, body, { contract }) => {
    const broken = (contract.submit?.task.clamp ?? []).filter(({ pointer, minimum, maximum }) => {
      const value = getAt(body, pointer);
      return typeof value === 'number' && (value < minimum || value > maximum);
    });
    return [
      ...found,
      ...broken.map(({ pointer }) => ({
        pointer,
        keyword: 'maximum',
        schema: '',
        message: 'is out of range',
        facts: [],
      })),
    ];
  },
};
