import { refusesRequest } from '../check.js';
import { submitsOf } from '../contract-facts.js';
import { explore, loadFastCheck, runsFor } from '../explore.js';
import { type Probe, type ProbeSetting, SkipProbe } from '../probe.js';

/** Elsewhere chance would spend money. */
function tasksAt(setting: ProbeSetting): number {
  if (!setting.loopback) return 0;
  return submitsOf(setting.contract).reduce((sum, operation) => sum + runsFor(setting, operation, 'legal'), 0);
}

export const fuzzLegal: Probe = {
  id: 'fuzz-legal',
  title: 'Random requests that the contract allows',
  rationale: 'What is allowed field by field may be refused together; chance puts together what no page shows.',
  depth: 'full',
  tasks: tasksAt,
  prepare: loadFastCheck,
  async run(context) {
    if (tasksAt(context) === 0) throw new SkipProbe('only sent on this machine: each is a task');
    await explore(context, {
      probe: 'fuzz-legal',
      kind: 'legal',
      seemsWrong: (sent) => refusesRequest(sent) || (sent.status ?? 0) >= 500,
    });
  },
};
