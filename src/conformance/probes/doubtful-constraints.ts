import type { Probe } from '../probe.js';
import { countNegatives, sendNegatives } from '../send-negatives.js';

export const doubtfulConstraints: Probe = {
  id: 'doubtful-constraints',
  title: 'Constraints that only other sources state, broken in turn',
  rationale:
    'Whether these are refused is told by sister pages or by us. A server may well accept them, and then each is a task.',
  depth: 'full',
  tasks: (setting) => countNegatives(setting, ({ certain }) => !certain),
  run: (context) => sendNegatives(context, ({ certain }) => !certain),
};
