import type { Fault } from '../fault.js';
import { shareArgument } from '../fault-argument.js';

const usual = 0.2;

export const connectionReset: Fault = {
  id: 'connection-reset',
  title: 'Breaks connections off instead of answering',
  rationale: 'Nobody knows whether the task was created: it was, and a client that submits again pays twice.',
  facts: ['H2'],
  argument: shareArgument(usual),
  applies: () => true,
  after: (reply, { rng, argument }) => (rng.next() < Number(argument ?? usual) ? { ...reply, cut: 'reset' } : reply),
};
