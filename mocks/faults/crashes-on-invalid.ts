import type { Fault } from '../fault.js';
import { errorReply } from '../replies/error-reply.js';

export const crashesOnInvalid: Fault = {
  id: 'crashes-on-invalid',
  title: 'Answers 500 to an invalid request',
  rationale: 'A client takes its own mistake for an outage and tries again for ever.',
  facts: ['A5', 'G11', 'H2', 'H12', 'P15', 'E14'],
  breaks: ({ submit, poll }) =>
    // Only an id in the query can be left out.
    submit?.task.poll?.id.in === 'query' ? (poll?.parameters ?? []).flatMap(({ facts }) => facts) : [],
  applies: () => true,
  reply: (reply, _, { contract }) => {
    const task = contract.submit?.task;
    const refused = task?.errors.kinds.invalidRequest?.status ?? 400;
    return task !== undefined && reply.status === refused ? errorReply(task, 'serverError', 'Internal error') : reply;
  },
};
