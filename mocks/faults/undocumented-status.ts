import type { Fault } from '../fault.js';
import { operationFacts } from '../fault-facts.js';

export const undocumentedStatus: Fault = {
  id: 'undocumented-status',
  title: 'Answers with a status that no page shows',
  rationale: 'A client that tests for the documented status takes the answer for an error.',
  facts: [],
  breaks: operationFacts,
  argument: {
    syntax: 'OPERATION',
    says: 'The operationId whose good answers are 207; every submit and poll without.',
    example: 'createImage',
    problem: (text, contracts) =>
      contracts.length === 0 || contracts.some(({ operations }) => operations.some(({ id }) => id === text))
        ? undefined
        : 'is no operation of these contracts',
  },
  applies: () => true,
  reply: (reply, _, { operation, argument, contract }) => {
    const meant =
      argument === undefined ? operation.task !== undefined || operation === contract.poll : operation.id === argument;
    return meant && reply.status === 200 ? { ...reply, status: 207 } : reply;
  },
};
