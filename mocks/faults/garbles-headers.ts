import type { Fault } from '../fault.js';

export const garblesHeaders: Fault = {
  id: 'garbles-headers',
  title: 'Leaves a documented header empty',
  rationale: 'The id that support asks for is not there.',
  facts: ['P15'],
  applies: ({ submit }) => submit?.task.requestIdHeader !== undefined,
  reply: (reply, _, { contract }) => {
    const name = contract.submit?.task.requestIdHeader?.toLowerCase() ?? '';
    return { ...reply, headers: { ...reply.headers, [name]: '' } };
  },
};
