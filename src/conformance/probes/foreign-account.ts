import { kindFacts, unique } from '../contract-facts.js';
import { type Probe, refusedAs, SkipProbe } from '../probe.js';
import { pollCall } from '../requests.js';

export const foreignAccount: Probe = {
  id: 'foreign-account',
  title: 'Reading a task with the key of another account',
  rationale: 'Prompts and images belong to whoever paid for them.',
  depth: 'smoke',
  tasks: () => 0,
  async run(context) {
    const { contract, target } = context;
    if (contract.poll === undefined) throw new SkipProbe('this vendor has no tasks to ask for');
    if (!context.hasOtherKey) throw new SkipProbe('needs the key of a second account (--other-key)');
    // An id is whatever the server wrote: only a text can be asked for.
    const id = context.journeys.find(({ probe, view }) => probe === 'baseline' && typeof view.id === 'string')?.view.id;
    if (id === undefined) throw new SkipProbe('no task of the baseline to read');
    const facts = unique(['H9'], kindFacts(contract, ['unknownTask']));
    const purpose = refusedAs('foreign-task', 'for a task of another account', facts, [
      'unknownTask',
      'malformedTaskId',
      'forbidden',
      'notFound',
    ]);
    await context.send(pollCall(target, contract.poll, id, purpose, { credential: 'other' }));
  },
};
