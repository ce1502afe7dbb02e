import type { ErrorKind } from '../../contract/async-task.js';
import { oddIdRefusals, oddIds, oddPlaces } from '../cases/odd-ids.js';
import { chosen } from '../cases/thoroughness.js';
import { idFacts, kindFacts, unique } from '../contract-facts.js';
import { type Probe, refusedAs, SkipProbe } from '../probe.js';
import { plainCall, pollCall } from '../requests.js';
import { sendAll } from '../send-all.js';
import { plausibleTaskId } from '../task-ids.js';

export const unknownTaskId: Probe = {
  id: 'unknown-task-id',
  title: 'Ids of tasks that do not exist, and ids that are none',
  rationale: 'A client with a wrong id must hear that it is wrong; "still running" would let it wait for ever.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const { contract, target, cases } = context;
    const poll = contract.poll;
    const place = contract.submit?.task.poll?.id;
    if (poll === undefined || place === undefined) throw new SkipProbe('this vendor has no tasks to ask for');
    const kinds: ErrorKind[] = ['unknownTask', 'malformedTaskId'];
    const facts = unique(['H12'], kindFacts(contract, kinds));
    const plausible = plausibleTaskId(contract, context.rng());
    const ask = (id: string | undefined, what: string, refusal: readonly ErrorKind[] = kinds, cited = facts) =>
      pollCall(target, poll, id, refusedAs('unknown-task', what, cited, refusal));
    const path = (id: string) =>
      place.in === 'path'
        ? poll.path.replace(`{${place.name}}`, id)
        : `${poll.path}?${encodeURIComponent(place.name)}=${id}`;
    const open = (url: string, what: string) =>
      // No operation stands behind these: a gate may answer for it.
      plainCall(target, poll.method, url, { case: 'open', what, facts: ['H12'], refusal: oddIdRefusals });
    const name = encodeURIComponent(place.name);
    const queries: readonly (readonly [string, string])[] = [
      [`${path(plausible)}&${name}=${plausible}`, 'that names the task id twice'],
      [`${poll.path}?${name}[]=${plausible}`, 'that names the task id as a list'],
      [`${poll.path}?${name.toUpperCase()}=${plausible}`, 'that names the task id in capitals'],
    ];
    await sendAll(context, [
      ask(plausible, 'for a task that does not exist'),
      ...chosen(oddIds(plausible), cases).map(({ id, what }) => ask(id, what, oddIdRefusals)),
      ...(contract.submit?.task.id?.pattern === undefined
        ? []
        : [ask('proofsheet-not-an-id', 'for a task id of another form')]),
      ...(place.in === 'query'
        ? [ask(undefined, 'without a task id', [...kinds, 'invalidRequest'], unique(facts, idFacts(contract)))]
        : []),
      ...chosen(oddPlaces(plausible), cases).map(({ id, what }) => open(path(id), what)),
      ...(place.in === 'query' && cases !== 'sample' ? queries.map(([url, what]) => open(url, what)) : []),
    ]);
  },
};
