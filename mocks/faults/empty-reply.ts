import type { Fault } from '../fault.js';
import { shareArgument } from '../fault-argument.js';

const usual = 0.2;

export const emptyReply: Fault = {
  id: 'empty-reply',
  title: 'Closes connections without a byte',
  rationale:
    'A client takes it for a stale connection and sends the same submit again, which was worked on both times.',
  facts: ['H2'],
  argument: shareArgument(usual),
  applies: () => true,
  after: (reply, { rng, argument }) => (rng.next() < Number(argument ?? usual) ? { ...reply, cut: 'empty' } : reply),
};
