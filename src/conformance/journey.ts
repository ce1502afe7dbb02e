import { readAnswer } from '../contract/answer-shape.js';
import type { SubmitOperation } from '../contract/contract.js';
import { isTerminal, type TaskView } from '../core/task.js';
import type { Clock } from '../platform/clock.js';
import { readSettled } from './balance.js';
import type { CallbackSeen } from './callback-desk.js';
import { isAccepted } from './check.js';
import { observeResult } from './download.js';
import type { Journey, JourneyEnd, Observation, Purpose, ResultObservation, Sent } from './evidence.js';
import { expectationsOf } from './expectations.js';
import { type Call, type Recorder, StoppedError } from './recorder.js';
import { pollCall, submitCall, type Target } from './requests.js';
import { retryAfterMs } from './retry-after.js';

const mostThrottled = 5;
/** No vendor delivers more; an answer that lists thousands of URLs must not become thousands of requests. */
const mostFetched = 32;
/** A task that cannot be read so often in a row is given up. */
const mostUnreadable = 8;

export interface JourneySettings {
  readonly target: Target;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Milliseconds before poll number `attempt`, counted from 1. */
  readonly pollDelayMs: (attempt: number) => number;
  readonly timeoutMs: number;
  readonly onlyLoopback: boolean;
  readonly signal?: AbortSignal;
}

export interface JourneyPlan {
  readonly operation: SubmitOperation;
  readonly body: unknown;
  readonly purpose: Purpose;
  /** Polls after the terminal answer. */
  readonly extraPolls: number;
  /** Polls that are sent at the same moment, once right after the submit and once after the end. */
  readonly pollsAtOnce?: number;
  /** Where calls about the task are written down, if its request names a receiver. */
  readonly calls?: readonly CallbackSeen[];
  /** Headers that only this submit has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** When the client of the submit hangs up, and how many milliseconds later its balance is read. */
  readonly hangUp?: { readonly when: NonNullable<Call['hangUp']>; readonly settledAfterMs: number };
  /** So many polls are each preceded by one whose client hangs up. */
  readonly pollsCut?: number;
  /** What else is done once the submit is answered, before the first poll; `call` is the submit as it went out. */
  readonly meanwhile?: (call: Call) => Promise<void>;
  /** Reads the balance before and after; for tasks beside which no other runs. */
  readonly watchBalance?: boolean;
}

const nothing: TaskView = { results: [] };

async function sleep({ clock, signal }: Pick<JourneySettings, 'clock' | 'signal'>, ms: number): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch {
    throw new StoppedError('stopped');
  }
}

/** Sends; a request that was throttled with a hint waits and is sent again, since nothing has come of it. */
export async function sendPatiently(
  settings: Pick<JourneySettings, 'clock' | 'signal'>,
  send: () => Promise<Sent>,
): Promise<Sent> {
  let sent = await send();
  for (let throttled = 0; throttled < mostThrottled; throttled += 1) {
    const wait = retryAfterMs(sent, settings.clock.now());
    if (wait === undefined) break;
    await sleep(settings, wait);
    sent = await send();
  }
  return sent;
}

interface Followed {
  readonly polls: readonly Observation[];
  readonly atOnce: Journey['atOnce'];
  readonly end: JourneyEnd;
  readonly last: TaskView;
}

async function follow(settings: JourneySettings, probe: string, plan: JourneyPlan, id: string): Promise<Followed> {
  const { target, recorder, clock } = settings;
  const poll = target.contract.poll;
  const { task } = plan.operation;
  const polls: Observation[] = [];
  const atOnce: { first: Observation[]; last: Observation[] } = { first: [], last: [] };
  if (poll === undefined || task.poll === undefined) return { polls, atOnce, end: 'unreadable', last: nothing };
  const shape = task.poll.answer;
  const purpose: Purpose = { case: 'poll', what: 'for a task of ours', facts: poll.facts };
  const cut: Purpose = { case: 'hung-up', what: 'for a task of ours, whose client hangs up', facts: ['H7'] };
  const cutCall: Call = { ...pollCall(target, poll, id, cut), hangUp: 'unread' };
  const ask = () => recorder.send(probe, pollCall(target, poll, id, purpose));
  const observed = (sent: Sent): Observation => {
    const view = isAccepted(sent) ? readAnswer(shape, sent.json, task.status?.words) : nothing;
    return { sent, view, at: sent.exchange.finishedAt };
  };
  const pollOnce = async (attempt: number) => {
    await sleep(settings, settings.pollDelayMs(attempt));
    if (attempt <= (plan.pollsCut ?? 0)) await recorder.send(probe, cutCall);
    const observation = observed(await sendPatiently(settings, ask));
    polls.push(observation);
    return observation.view;
  };
  const pollAtOnce = async () => (await Promise.all(Array.from({ length: plan.pollsAtOnce ?? 0 }, ask))).map(observed);
  atOnce.first = await pollAtOnce();
  const deadline = clock.now() + settings.timeoutMs;
  let unreadable = 0;
  for (let attempt = 1; ; attempt += 1) {
    const view = await pollOnce(attempt);
    if (view.phase !== undefined && isTerminal(view.phase)) {
      for (let extra = 1; extra <= plan.extraPolls; extra += 1) await pollOnce(extra);
      atOnce.last = await pollAtOnce();
      return { polls, atOnce, end: 'terminal', last: view };
    }
    unreadable = view.statusWord === undefined ? unreadable + 1 : 0;
    if (unreadable >= mostUnreadable) return { polls, atOnce, end: 'unreadable', last: view };
    if (clock.now() >= deadline) return { polls, atOnce, end: 'timeout', last: view };
  }
}

async function fetchAll(settings: JourneySettings, probe: string, view: TaskView): Promise<ResultObservation[]> {
  const send: Recorder['send'] = (by, call) => sendPatiently(settings, () => settings.recorder.send(by, call));
  const patient = { send };
  return Promise.all(
    view.results.map((result, index) =>
      index < mostFetched
        ? observeResult(patient, probe, index, result, settings.onlyLoopback)
        : { index, where: 'not fetched', fetched: [], bytes: 0, problem: 'too many images', notFetched: true },
    ),
  );
}

async function goThrough(settings: JourneySettings, probe: string, plan: JourneyPlan): Promise<Journey> {
  const { target, recorder } = settings;
  const { operation, body, purpose } = plan;
  // A synchronous vendor works while the connection is open.
  const patience = operation.task.mode === 'sync' ? { timeoutMs: settings.timeoutMs } : {};
  const plain = submitCall(target, operation, body, purpose);
  const call: Call = {
    ...plain,
    headers: { ...plain.headers, ...plan.headers },
    ...patience,
    ...(plan.hangUp === undefined ? {} : { hangUp: plan.hangUp.when }),
  };
  const submit = await sendPatiently(settings, () => recorder.send(probe, call));
  const accepted = isAccepted(submit);
  const view = accepted ? readAnswer(operation.task.answer, submit.json, operation.task.status?.words) : nothing;
  const journey = {
    probe,
    operation,
    body,
    expects: expectationsOf(target.contract, operation, body),
    submit,
    view,
    polls: [],
    atOnce: { first: [], last: [] },
    results: [],
    ...(plan.calls === undefined ? {} : { calls: plan.calls }),
  };
  await plan.meanwhile?.(call);
  if (submit.status === undefined) return { ...journey, end: 'unanswered' };
  if (!accepted) return { ...journey, end: 'refused' };
  if (operation.task.mode === 'sync')
    return { ...journey, results: await fetchAll(settings, probe, view), end: 'terminal' };
  if (typeof view.id !== 'string' || view.id === '') return { ...journey, end: 'without-id' };
  const { polls, atOnce, end, last } = await follow(settings, probe, plan, view.id);
  const results = last.phase === 'succeeded' ? await fetchAll(settings, probe, last) : [];
  return { ...journey, polls, atOnce, results, end };
}

/**
 * Submits one task and follows it to its end. A submit is sent once, unless it was throttled. Whatever happens short of
 * the run being stopped, the journey so far comes back.
 */
export async function travel(settings: JourneySettings, probe: string, plan: JourneyPlan): Promise<Journey> {
  if (plan.watchBalance !== true) return goThrough(settings, probe, plan);
  const { recorder, target } = settings;
  const read = () => readSettled(recorder, probe, target, () => sleep(settings, settings.pollDelayMs(1)));
  const before = await read();
  const journey = await goThrough(settings, probe, plan);
  if (plan.hangUp !== undefined) await sleep(settings, plan.hangUp.settledAfterMs);
  return before.length === 0 ? journey : { ...journey, balance: { before, after: await read() } };
}
