import { getAt } from '../../src/core/pointer.js';
import type { Fault } from '../fault.js';

export const ignoresClamp: Fault = {
  id: 'ignores-clamp',
  title: 'Delivers as many images as were asked for, beyond its own limit',
  rationale: 'The bill is larger than the page promises.',
  facts: [],
  breaks: ({ submit }) => (submit?.task.clamp ?? []).flatMap(({ facts }) => facts ?? []),
  applies: ({ submit }) => (submit?.task.clamp ?? []).length > 0,
  effective: (request, body, { contract }) => {
    const asked = getAt(body, contract.submit?.task.request.count ?? '/n');
    return typeof asked === 'number' && asked > request.count ? { ...request, count: request.count + 2 } : request;
  },
};
