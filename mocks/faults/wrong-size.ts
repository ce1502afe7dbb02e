import type { Fault } from '../fault.js';

export const wrongSize: Fault = {
  id: 'wrong-size',
  title: 'Delivers another size than asked for',
  rationale: 'A layout breaks, and a larger size was paid for.',
  facts: ['A9', 'G3', 'P6', 'E6', 'H6'],
  applies: () => true,
  picture: (spec) => ({ ...spec, width: 512, height: 512 }),
};
