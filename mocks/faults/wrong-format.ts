import type { Fault } from '../fault.js';

export const wrongFormat: Fault = {
  id: 'wrong-format',
  title: 'Delivers another file format than asked for',
  rationale: 'A page that says image/png shows nothing.',
  facts: ['A16', 'P8', 'H6'],
  applies: ({ submit }) => submit?.task.request.format !== undefined,
  effective: (request) => ({ ...request, format: request.format === 'jpeg' ? 'png' : 'jpeg', alpha: false }),
};
