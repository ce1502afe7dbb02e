import type { Probe } from '../probe.js';
import { securedCalls } from '../secured-calls.js';

export const malformedKey: Probe = {
  id: 'malformed-key',
  title: 'A key that is not one',
  rationale: 'An empty variable in a deployment script gives an empty key: that is a refusal, not a crash.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const empty = securedCalls(context, 'malformed-key', 'with an empty key', 'malformed', { malformation: 'empty' });
    const other = securedCalls(context, 'malformed-key', 'with a key of another scheme', 'malformed', {
      malformation: 'scheme',
    });
    for (const call of [...empty, ...other]) await context.send(call);
  },
};
