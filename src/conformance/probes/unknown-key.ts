import type { Probe } from '../probe.js';
import { securedCalls } from '../secured-calls.js';

export const unknownKey: Probe = {
  id: 'unknown-key',
  title: 'A key that nobody has',
  rationale: 'A revoked or mistyped key must be refused on every route, not only where tasks are submitted.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    for (const call of securedCalls(context, 'unknown-key', 'with a key that nobody has', 'unknown'))
      await context.send(call);
  },
};
