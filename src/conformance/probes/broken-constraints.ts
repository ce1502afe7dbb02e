import type { Probe } from '../probe.js';
import { sendNegatives } from '../send-negatives.js';

export const brokenConstraints: Probe = {
  id: 'broken-constraints',
  title: 'Each documented constraint broken in turn',
  rationale: 'A mistake that is refused costs a minute; one that is accepted costs money and gives a wrong picture.',
  depth: 'free',
  tasks: () => 0,
  run: (context) => sendNegatives(context, ({ certain }) => certain),
};
