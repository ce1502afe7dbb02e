import type { Contract } from '../contract/contract.js';
import { nextWait, type PollingPolicy } from '../core/polling.js';
import type { Phase } from '../core/task.js';
import type { Clock } from '../platform/clock.js';
import type { LoadAnswer, LoadRequest, LoadTransport } from '../platform/http-pool.js';
import { taskUrl } from '../platform/target.js';
import type { LoadSample, TaskOutcome } from './load-sample.js';
import type { LoadTarget } from './load-target.js';
import { type LoadReading, readPoll, readSubmit, readyAt } from './read-load-answer.js';
import { createTimetable } from './timetable.js';

export interface DriveOptions {
  readonly contract: Contract;
  readonly target: LoadTarget;
  /** The body of the n-th submit, from 1. */
  readonly body: (task: number) => string;
  readonly transport: LoadTransport;
  readonly clock: Clock;
  readonly policy: PollingPolicy;
  /** Chance for the policy, a source of its own for each task: how tasks interleave must not change their waits. */
  readonly chanceOf: (task: number) => () => number;
  /** Milliseconds from the start of the run, never falling. */
  readonly arrivals: Iterator<number, unknown>;
  /** Tasks at most. */
  readonly maxTasks: number;
  /** Milliseconds after which the run ends, whatever is still running; without it the run ends with its last task. */
  readonly durationMs?: number;
  /** Milliseconds from a task's planned start until it is given up. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly onSample: (sample: LoadSample) => void;
}

interface Task {
  readonly number: number;
  readonly plannedAt: number;
  id: string;
  polls: number;
  phase: Phase | undefined;
  refusals: number;
  /** What the policy gave before the last poll. */
  previousMs: number | undefined;
  etaMs: number | undefined;
  readonly chance: () => number;
}

type Due = { readonly kind: 'arrival' } | { readonly kind: 'poll' | 'deadline'; readonly task: Task };

/** Refused polls in a row after which a task is given up: a task just made may not be known at once. */
const MAX_REFUSALS = 3;
const ENTRIES_PER_TURN = 256;
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

type Sent = { readonly answer: LoadAnswer } | { readonly failure: string };

async function attempt(transport: LoadTransport, request: LoadRequest): Promise<Sent> {
  try {
    return { answer: await transport(request) };
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return { failure: typeof code === 'string' ? code : (name ?? 'no answer') };
  }
}

/**
 * Drives tasks partly open: submits start on plan, whatever the answers do; each task is then polled in a closed loop,
 * one question at a time. Everything that happens is a sample; a failed request is one, too. Resolves when every task
 * has ended, the duration is over or the signal aborts; what is still open then is `live`.
 */
export async function drive(options: DriveOptions): Promise<void> {
  const { contract, target, transport, clock, policy, arrivals, maxTasks, timeoutMs, signal, onSample } = options;
  const { baseUrl, submit, headers } = target;
  const startAt = clock.now();
  const endAt = options.durationMs === undefined ? Number.POSITIVE_INFINITY : startAt + options.durationMs;
  const due = createTimetable<Due>();
  const live = new Set<Task>();
  let started = 0;
  let over = false;
  let broken: { readonly error: unknown } | undefined;
  let sleepingUntil = 0;
  let turn = 0;
  let wake: (() => void) | undefined;

  const plan = (at: number, entry: Due) => {
    due.add(at, entry);
    if (at < sleepingUntil) wake?.();
  };

  const finish = (task: Task, outcome: TaskOutcome, ready?: number) => {
    if (!live.delete(task)) return;
    const at = clock.now();
    onSample({
      type: 'ended',
      task: task.number,
      at,
      outcome,
      polls: task.polls,
      plannedAt: task.plannedAt,
      ...(ready === undefined ? {} : { readyAt: ready }),
    });
    if (live.size === 0) wake?.();
  };

  const planPoll = (task: Task, { etaMs, waitMs }: LoadReading) => {
    const { previousMs } = task;
    task.etaMs = etaMs ?? task.etaMs;
    const wait = nextWait(policy, task.polls + 1, {
      chance: task.chance(),
      elapsedMs: clock.now() - task.plannedAt,
      ...(previousMs === undefined ? {} : { previousMs }),
      ...(task.etaMs === undefined ? {} : { etaMs: task.etaMs }),
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    });
    task.previousMs = wait.policyMs;
    const at = clock.now() + wait.ms;
    if (live.has(task) && at < task.plannedAt + timeoutMs) plan(at, { kind: 'poll', task });
  };

  /** Sends one request of a task and emits its sample; undefined when the run was over before the answer. */
  const exchange = async (
    task: Task,
    plannedAt: number,
    request: LoadRequest,
    kind: 'submit' | 'poll',
    read: (answer: LoadAnswer) => LoadReading,
  ) => {
    const startedAt = clock.now();
    const sent = await attempt(transport, request);
    if (over) return undefined;
    const reading: LoadReading = 'answer' in sent ? read(sent.answer) : { error: `${kind} ${sent.failure}` };
    const { phase, error } = reading;
    const common = {
      task: task.number,
      plannedAt,
      startedAt,
      finishedAt: clock.now(),
      ...('answer' in sent ? { status: sent.answer.status } : {}),
      ...(error === undefined ? {} : { error }),
    };
    const wasted = phase !== undefined && phase === task.phase;
    if (kind === 'submit') onSample({ type: 'submit', ...common });
    else onSample({ type: 'poll', poll: task.polls, wasted, ...(phase === undefined ? {} : { phase }), ...common });
    task.phase = phase ?? task.phase;
    return { reading, ready: 'answer' in sent ? readyAt(sent.answer) : undefined };
  };

  const start = async (plannedAt: number) => {
    started += 1;
    const task: Task = {
      number: started,
      plannedAt,
      id: '',
      polls: 0,
      phase: undefined,
      refusals: 0,
      previousMs: undefined,
      etaMs: undefined,
      chance: options.chanceOf(started),
    };
    live.add(task);
    // Planned beforehand, so that a request that is never answered cannot keep its task, and the run, for ever.
    plan(plannedAt + timeoutMs, { kind: 'deadline', task });
    onSample({ type: 'started', task: task.number, at: clock.now() });
    const request: LoadRequest = {
      method: 'POST',
      url: baseUrl + submit.path,
      headers: { ...headers, 'content-type': 'application/json' },
      body: options.body(task.number),
    };
    const done = await exchange(task, plannedAt, request, 'submit', (answer) => readSubmit(submit, answer));
    if (done === undefined) return;
    const { outcome, taskId } = done.reading;
    // Without an answer nobody knows whether there is a task; it is never submitted again.
    if (outcome !== undefined || taskId === undefined) return finish(task, outcome ?? 'abandoned', done.ready);
    task.id = taskId;
    planPoll(task, done.reading);
  };

  const poll = async (task: Task, plannedAt: number) => {
    task.polls += 1;
    const place = submit.task.poll?.id ?? { in: 'path', name: 'id' };
    const request: LoadRequest = {
      method: 'GET',
      url: taskUrl(baseUrl, contract.poll?.path ?? '', place, task.id),
      headers,
    };
    const done = await exchange(task, plannedAt, request, 'poll', (answer) => readPoll(submit, answer, clock.now()));
    if (done === undefined) return;
    const { outcome, refused } = done.reading;
    if (outcome !== undefined) return finish(task, outcome, done.ready);
    task.refusals = refused === true ? task.refusals + 1 : 0;
    if (task.refusals >= MAX_REFUSALS) return finish(task, 'abandoned');
    planPoll(task, done.reading);
  };

  const planArrival = () => {
    if (started >= maxTasks) return false;
    const { value, done } = arrivals.next();
    const at = startAt + Number(value);
    if (done || at >= endAt) return false;
    plan(at, { kind: 'arrival' });
    return true;
  };

  /** A fault of our own (a sample's receiver that throws) ends the run; it is no failed request. */
  const guard = (work: Promise<void>) => {
    work.catch((error: unknown) => {
      broken ??= { error };
      wake?.();
    });
  };

  const sleepUntil = async (moment: number) => {
    const woken = new AbortController();
    wake = () => woken.abort();
    sleepingUntil = moment;
    await clock.sleep(Math.min(LONGEST_SLEEP_MS, moment - clock.now()), woken.signal).catch(() => undefined);
    wake = undefined;
    sleepingUntil = 0;
  };

  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort);
  let more = maxTasks > 0;
  if (more) more = planArrival();
  while ((more || live.size > 0) && !signal?.aborted && broken === undefined && clock.now() < endAt) {
    // Behind plan there is always something due: now and then the answers must have their turn.
    turn += 1;
    if (turn % ENTRIES_PER_TURN === 0) await sleepUntil(clock.now());
    const entry = due.takeDue(clock.now());
    if (entry === undefined) await sleepUntil(Math.min(endAt, due.nextAt() ?? Number.POSITIVE_INFINITY));
    else if (entry.entry.kind === 'deadline') finish(entry.entry.task, 'abandoned');
    else if (entry.entry.kind === 'poll') guard(poll(entry.entry.task, entry.at));
    else {
      guard(start(entry.at));
      more = planArrival();
    }
  }
  for (const task of [...live]) finish(task, 'live');
  over = true;
  signal?.removeEventListener('abort', onAbort);
  if (broken !== undefined) throw broken.error;
}
