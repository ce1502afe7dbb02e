import type { Probe } from '../probe.js';
import { securedCalls } from '../secured-calls.js';

export const missingKey: Probe = {
  id: 'missing-key',
  title: 'No key at all',
  rationale: 'Whoever forgets the key must hear so; a server that serves anyone lets strangers spend.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    for (const call of securedCalls(context, 'missing-key', 'without a key', 'none')) await context.send(call);
  },
};
