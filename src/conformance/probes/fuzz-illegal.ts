import { isAccepted } from '../check.js';
import { explore, loadFastCheck } from '../explore.js';
import type { Probe } from '../probe.js';

export const fuzzIllegal: Probe = {
  id: 'fuzz-illegal',
  title: 'Random requests with exactly one mistake',
  rationale:
    'Nobody thinks of every mistake: chance finds the one that slips through, and shrinks it until it can be read.',
  depth: 'free',
  tasks: () => 0,
  prepare: loadFastCheck,
  run: (context) =>
    explore(context, {
      probe: 'fuzz-illegal',
      kind: 'illegal',
      seemsWrong: (sent) => isAccepted(sent) || (sent.status ?? 0) >= 500,
    }),
};
