import { getAt } from '../../src/core/pointer.js';
import type { Fault } from '../fault.js';

export const ignoresClamp: Fault = {
  id: 'ignores-clamp',
  title: 'Delivers as many images as were asked for, beyond its own limit',
  rationale: 'The bill is larger than the page promises.',
  facts: ['A10', 'A20', 'A26'],
  applies: ({ submit }) => (submit?.task.clamp ?? []).length > 0,
  effective: (request, body, { contract }) => {
    const asked = getAt(body, contract.submit?.task.request.count ?? '/n');
    return typeof asked === 'number' && asked > request.count ? { ...request, count: request.count + 2 } : request;
  },
};
