import type { Fault } from '../fault.js';
import { jsonReply } from '../message.js';

export const wrongErrorEnvelope: Fault = {
  id: 'wrong-error-envelope',
  title: 'Reports errors in a shape of its own',
  rationale: 'A client cannot find the reason where the page says that it stands.',
  facts: ['A4', 'A5', 'G10', 'P15', 'E14'],
  breaks: ({ submit }) => Object.values(submit?.task.errors.kinds ?? {}).flatMap(({ facts }) => facts ?? []),
  applies: () => true,
  reply: (reply) => (reply.status >= 400 ? jsonReply(reply.status, { detail: 'Something was wrong' }) : reply),
};
