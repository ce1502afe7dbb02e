import { hash32 } from '../../src/platform/random.js';
import type { Fault } from '../fault.js';

export const reusesId: Fault = {
  id: 'reuses-id',
  title: 'Gives a new task the id of an old one',
  rationale: 'Somebody is shown the picture of another request, and one of the two can never be had.',
  facts: ['H12'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  // About every second task.
  taskId: (id, first) => (first !== undefined && hash32(id) % 2 === 0 ? first : id),
};
