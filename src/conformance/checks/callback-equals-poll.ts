import { responseFor } from '../../contract/contract.js';
import { isTerminal } from '../../core/task.js';
import { callbackJudgement, detailFacts, type Told, tellsEnd, toldTasks } from '../callback-judging.js';
import { type Check, type DraftFinding, findingAt } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import type { Evidence } from '../evidence.js';
import { keptView } from '../judging.js';

/** A poll so soon after a call may have been on its way before. */
const slackMs = 100;

function draft(evidence: Evidence, { journey, end }: Told, message: string, expected: string, observed: string) {
  return findingAt(evidence, [journey.submit, end.sent], {
    facts: detailFacts(journey),
    message,
    expected,
    observed,
  });
}

/** What is wrong with one call beside the polls of its task. */
function problemsOf(evidence: Evidence, told: Told, call: Told['calls'][number]): DraftFinding[] {
  const { contract } = evidence;
  const { record, json, view } = call;
  const say = (message: string, expected: string, observed: string) => [
    draft(evidence, told, `Call ${record.id} ${message}`, expected, observed),
  ];
  if (record.method !== 'POST') return say(`is a ${record.method}`, 'a POST', record.method);
  if (json === undefined) return say('holds no JSON', 'the answer to a poll', record.body?.slice(0, 200) ?? 'nothing');
  const schema = contract.poll === undefined ? undefined : responseFor(contract.poll, 200)?.content['application/json'];
  const violation = schema === undefined ? undefined : contract.violations(schema, json)[0];
  if (violation !== undefined)
    return say(
      `is not what a poll would say: ${violation.pointer || 'as a whole'} ${violation.message}`,
      `${violation.keyword} at ${violation.schema}`,
      record.body?.slice(0, 200) ?? '',
    );
  const { id } = told.journey.view;
  if (view.id !== undefined && view.id !== id) return say('names another task', String(id), String(view.id));
  if (!tellsEnd(call)) return [];
  const [polled, called] = [told.end.view, view].map((one) => JSON.stringify(keptView(one)));
  if (polled !== called) return say('tells of another end than a poll does', polled ?? '', called ?? '');
  const behind = told.journey.polls.find(
    (poll) =>
      poll.sent.exchange.startedAt > record.receivedAt + slackMs &&
      poll.view.phase !== undefined &&
      !isTerminal(poll.view.phase),
  );
  if (behind === undefined) return [];
  return say('tells of the end while a later poll says that the task goes on', `${view.phase}`, `${behind.view.phase}`);
}

export const callbackEqualsPoll: Check = {
  id: 'callback-equals-poll',
  title: 'A call says what a poll says',
  rationale: 'Where both disagree, half of the clients store the wrong end, and nobody can say which half.',
  facts: ['H13i'],
  covers: (contract) => unique(...tasksOf(contract).map(({ callback }) => callback?.detailFacts ?? callback?.facts)),
  faults: ['callback-early', 'callback-differs'],
  judge(evidence) {
    const told = toldTasks(evidence);
    const calls = told.flatMap((one) => one.calls.map((call) => [one, call] as const));
    const findings = calls.flatMap(([one, call]) => problemsOf(evidence, one, call));
    return callbackJudgement(evidence, calls.length, findings);
  },
};
