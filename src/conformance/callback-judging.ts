import { readAnswer } from '../contract/answer-shape.js';
import { isTerminal, type TaskView } from '../core/task.js';
import type { CallbackSeen } from './callback-desk.js';
import { type DraftFinding, isAccepted, type Judgement, judgement } from './check.js';
import { orElse, tasksOf, unique } from './contract-facts.js';
import type { Evidence, Journey, Observation } from './evidence.js';
import { endOf } from './judging.js';

/** A task that named a receiver and came to its end, and what its receiver was told. */
export interface Told {
  readonly journey: Journey;
  readonly end: Observation;
  readonly calls: readonly (CallbackSeen & { readonly view: TaskView })[];
}

/** Every task whose end a receiver had to be told of. */
export function toldTasks({ journeys }: Evidence): Told[] {
  return journeys.flatMap((journey): Told[] => {
    const { calls, operation } = journey;
    const end = endOf(journey);
    if (calls === undefined || end === undefined || !isAccepted(journey.submit)) return [];
    const events: readonly string[] = operation.task.callback?.events ?? ['succeeded', 'failed', 'cancelled'];
    if (!events.includes(end.view.phase ?? '')) return [];
    const shape = operation.task.poll?.answer ?? operation.task.answer;
    const words = operation.task.status?.words;
    return [{ journey, end, calls: calls.map((call) => ({ ...call, view: readAnswer(shape, call.json, words) })) }];
  });
}

/** Whether what a call says is an end. */
export function tellsEnd({ view }: Told['calls'][number]): boolean {
  return view.phase !== undefined && isTerminal(view.phase);
}

/** How calls are named in messages: they are no exchanges of ours. */
export function callNames(calls: readonly CallbackSeen[]): string {
  return calls.map(({ record }) => record.id).join(', ');
}

/** Facts about what calls say and when they are repeated. */
export function detailFacts({ operation }: Journey): string[] {
  const rules = operation.task.callback;
  return unique(orElse(rules?.detailFacts ?? rules?.facts, ['H13i']));
}

/** A judgement over calls; without any it says what kept them from being seen. */
export function callbackJudgement(
  evidence: Evidence,
  observations: number,
  findings: readonly DraftFinding[],
  unseen = 'no call came that could be judged',
): Judgement {
  const has = tasksOf(evidence.contract).some(({ mode, request }) => mode === 'poll' && request.callback !== undefined);
  const refused = evidence.journeys.some(({ calls, end }) => calls !== undefined && end === 'refused');
  return judgement(evidence, observations, findings, {
    probes: ['callbacks'],
    unseen: refused ? 'the server refused the address of the receiver' : unseen,
    absent: has ? undefined : 'this vendor calls nobody back',
  });
}
