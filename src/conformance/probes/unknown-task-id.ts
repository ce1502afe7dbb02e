import type { ErrorKind } from '../../contract/async-task.js';
import { idFacts, kindFacts, unique } from '../contract-facts.js';
import { type Probe, refusedAs, SkipProbe } from '../probe.js';
import { pollCall } from '../requests.js';
import { garbledTaskId, plausibleTaskId } from '../task-ids.js';

export const unknownTaskId: Probe = {
  id: 'unknown-task-id',
  title: 'Ids of tasks that do not exist',
  rationale: 'A client with a wrong id must hear that it is wrong; "still running" would let it wait for ever.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const { contract, target } = context;
    const poll = contract.poll;
    const place = contract.submit?.task.poll?.id;
    if (poll === undefined || place === undefined) throw new SkipProbe('this vendor has no tasks to ask for');
    const kinds: ErrorKind[] = ['unknownTask', 'malformedTaskId'];
    const facts = unique(['H12'], kindFacts(contract, kinds));
    const ask = (id: string | undefined, what: string, refusal: ErrorKind[] = kinds, cited = facts) =>
      context.send(pollCall(target, poll, id, refusedAs('unknown-task', what, cited, refusal)));
    await ask(plausibleTaskId(contract, context.rng()), 'for a task that does not exist');
    await ask(garbledTaskId, 'for a garbled task id', [...kinds, 'invalidRequest', 'notFound']);
    if (contract.submit?.task.id?.pattern !== undefined)
      await ask('proofsheet-not-an-id', 'for a task id of another form');
    if (place.in === 'query')
      await ask(undefined, 'without a task id', [...kinds, 'invalidRequest'], unique(facts, idFacts(contract)));
  },
};
