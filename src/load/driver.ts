import type { Contract } from '../contract/contract.js';
import type { Clock } from '../platform/clock.js';
import type { LoadAnswer, LoadRequest, LoadTransport } from '../platform/http-pool.js';
import { taskUrl } from '../platform/target.js';
import { type HearCallsOptions, hearCalls } from './hear-calls.js';
import { createLiveTasks } from './live-tasks.js';
import { LATE_MS, type LoadSample, type TaskOutcome } from './load-sample.js';
import type { LoadTarget } from './load-target.js';
import { type LoadTask, newLoadTask } from './load-task.js';
import { createNextPoll, type NextPollOptions } from './next-poll.js';
import { failureWord, type LoadReading, readPoll, readSubmit, readyAt } from './read-load-answer.js';
import { createSleeper } from './sleeper.js';
import { createTimetable } from './timetable.js';

export interface DriveOptions extends NextPollOptions {
  readonly contract: Contract;
  readonly target: LoadTarget;
  /** The body of the n-th submit, from 1. */
  readonly body: (task: number) => string;
  readonly transport: LoadTransport;
  readonly clock: Clock;
  /** When the run begins; by default now. */
  readonly startAt?: number;
  /** Milliseconds from the start of the run, never falling. */
  readonly arrivals: Iterator<number, unknown>;
  /** Tasks at most. */
  readonly maxTasks: number;
  /** Milliseconds after which the run ends, whatever is still running; without it the run ends with its last task. */
  readonly durationMs?: number;
  /** Milliseconds from a task's planned start until it is given up. */
  readonly timeoutMs: number;
  /** Where the target calls to tell of a task; none for a policy that only asks. */
  readonly calls?: HearCallsOptions['calls'];
  readonly signal?: AbortSignal;
  readonly onSample: (sample: LoadSample) => void;
}

/** Refused polls in a row after which a task is given up: a task just made may not be known at once. */
const MAX_REFUSALS = 3;
/** Few, so that answers are read as they come: a crowd of open requests touches many connections, all out of the cache. */
const STEPS_PER_TURN = 16;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Drives tasks partly open: submits start on plan, whatever the answers do; each task is then polled in a closed loop,
 * one question at a time. Everything that happens is a sample; a failed request is one, too. Resolves when every task
 * has ended, the duration is over or the signal aborts; what is still open then is `live`. Gives the number of requests
 * that should have left by then and had not: a generator that is far behind would else hide them.
 */
export async function drive(options: DriveOptions): Promise<number> {
  const { contract, target, transport, clock, arrivals, maxTasks, timeoutMs, signal, onSample } = options;
  const { baseUrl, submit, headers } = target;
  const submitUrl = baseUrl + submit.path;
  const submitHeaders = { ...headers, 'content-type': 'application/json' };
  const place = submit.task.poll?.id ?? { in: 'path', name: 'id' };
  const pollPath = contract.poll?.path ?? '';
  const startAt = options.startAt ?? clock.now();
  const endAt = options.durationMs === undefined ? NEVER : startAt + options.durationMs;
  const polls = createTimetable<LoadTask>();
  const live = createLiveTasks<LoadTask>();
  const nextPoll = createNextPoll(options);
  const sleeper = createSleeper(clock);
  let started = 0;
  let overdue = 0;
  let over = false;
  let broken: { readonly error: unknown } | undefined;

  const nextOffset = () => {
    const { value, done } = arrivals.next();
    return done ? NEVER : Number(value);
  };

  /** When the next task starts; never when there is none. */
  const nextArrival = () => {
    if (started >= maxTasks) return NEVER;
    const at = startAt + nextOffset();
    return at >= endAt ? NEVER : at;
  };

  const finish = (task: LoadTask, at: number, outcome: TaskOutcome, ready?: number) => {
    if (!live.remove(task)) return;
    called?.remove(task);
    const { number, polls, plannedAt } = task;
    const ended = { type: 'ended', task: number, at, outcome, polls, plannedAt } as const;
    onSample(ready === undefined ? ended : { ...ended, readyAt: ready });
    if (live.size === 0) sleeper.wake();
  };

  const planPoll = (task: LoadTask, now: number, lateMs: number, reading: LoadReading) => {
    const at = nextPoll(task, now, lateMs, reading);
    if (!live.has(task) || at >= task.plannedAt + timeoutMs) return;
    polls.add(at, task);
    sleeper.wakeFor(at);
  };

  const afterSubmit = (
    task: LoadTask,
    now: number,
    lateMs: number,
    reading: LoadReading,
    ready: number | undefined,
  ) => {
    const { outcome, taskId } = reading;
    // Without an answer nobody knows whether there is a task; it is never submitted again.
    if (outcome !== undefined || taskId === undefined) return finish(task, now, outcome ?? 'abandoned', ready);
    task.url = taskUrl(baseUrl, pollPath, place, taskId);
    planPoll(task, now, lateMs, reading);
  };

  const afterPoll = (task: LoadTask, now: number, lateMs: number, reading: LoadReading, ready: number | undefined) => {
    const { outcome, refused } = reading;
    if (outcome !== undefined) return finish(task, now, outcome, ready);
    task.refusals = refused === true ? task.refusals + 1 : 0;
    if (task.refusals >= MAX_REFUSALS) return finish(task, now, 'abandoned');
    planPoll(task, now, lateMs, reading);
  };

  /** Takes in what became of a request of a task, and emits its sample. */
  const takeIn = (
    task: LoadTask,
    kind: 'submit' | 'poll',
    plannedAt: number,
    startedAt: number,
    sent: LoadAnswer | string,
  ) => {
    if (over) return;
    const now = clock.now();
    const answer = typeof sent === 'string' ? undefined : sent;
    const reading: LoadReading =
      answer === undefined
        ? { error: `${kind} ${sent}` }
        : kind === 'submit'
          ? readSubmit(submit, answer)
          : readPoll(submit, answer, now);
    const { phase, error } = reading;
    const wasted = phase !== undefined && phase === task.phase;
    const status = answer?.status;
    const { number, polls: poll } = task;
    // Two literals instead of a spread: there are ten thousand of them a second.
    onSample(
      kind === 'poll'
        ? { type: kind, task: number, poll, plannedAt, startedAt, finishedAt: now, status, error, phase, wasted }
        : { type: kind, task: number, plannedAt, startedAt, finishedAt: now, status, error },
    );
    task.phase = phase ?? task.phase;
    const ready = answer === undefined ? undefined : readyAt(answer);
    const lateMs = startedAt - plannedAt;
    if (kind === 'submit') afterSubmit(task, now, lateMs, reading, ready);
    else afterPoll(task, now, lateMs, reading, ready);
  };

  /** A fault of our own (a sample's receiver that throws) ends the run; it is no failed request. */
  const fault = (error: unknown) => {
    broken ??= { error };
    sleeper.wake();
  };
  const called = options.calls && hearCalls({ calls: options.calls, submit, clock, onSample, finish, fault });

  const receive: typeof takeIn = (task, kind, plannedAt, startedAt, sent) => {
    try {
      takeIn(task, kind, plannedAt, startedAt, sent);
    } catch (error) {
      fault(error);
    }
  };

  const send = (task: LoadTask, kind: 'submit' | 'poll', plannedAt: number, request: LoadRequest) => {
    const startedAt = clock.now();
    transport(request).then(
      (answer) => receive(task, kind, plannedAt, startedAt, answer),
      (error: unknown) => receive(task, kind, plannedAt, startedAt, failureWord(error)),
    );
  };

  const start = (plannedAt: number) => {
    started += 1;
    const task = newLoadTask(started, plannedAt);
    live.add(task);
    called?.add(task);
    onSample({ type: 'started', task: started, at: clock.now() });
    const body = options.body(started);
    send(task, 'submit', plannedAt, { method: 'POST', url: submitUrl, headers: submitHeaders, body });
  };

  const poll = (task: LoadTask, plannedAt: number) => {
    if (!live.has(task)) return;
    task.polls += 1;
    send(task, 'poll', plannedAt, { method: 'GET', url: task.url, headers });
  };

  const onAbort = () => sleeper.wake();
  signal?.addEventListener('abort', onAbort);
  try {
    let arrivalAt = nextArrival();
    let steps = 0;
    for (;;) {
      const now = clock.now();
      const isOver = (arrivalAt === NEVER && live.size === 0) || now >= endAt;
      if (isOver || signal?.aborted || broken !== undefined) break;
      const { oldest } = live;
      const deadlineAt = oldest === undefined ? NEVER : oldest.plannedAt + timeoutMs;
      const pollAt = polls.nextAt();
      const at = Math.min(deadlineAt, pollAt, arrivalAt);
      // Behind plan there is always something due: now and then the answers must have their turn.
      steps += 1;
      if (at > now) await sleeper.until(Math.min(at, endAt), now);
      else if (steps % STEPS_PER_TURN === 0) await clock.sleep(0);
      else if (at === deadlineAt && oldest !== undefined) finish(oldest, now, 'abandoned');
      else if (at === pollAt) {
        const due = polls.takeDue(now);
        if (due !== undefined) poll(due, pollAt);
      } else {
        start(arrivalAt);
        arrivalAt = nextArrival();
      }
    }
    const now = clock.now();
    const lateBefore = Math.min(now, endAt) - LATE_MS;
    for (; arrivalAt < lateBefore && started + overdue < maxTasks; overdue += 1) arrivalAt = startAt + nextOffset();
    for (let due = polls.takeDue(lateBefore); due !== undefined; due = polls.takeDue(lateBefore))
      if (live.has(due)) overdue += 1;
    for (const task of [...live]) finish(task, now, 'live');
  } finally {
    over = true;
    called?.close();
    signal?.removeEventListener('abort', onAbort);
  }
  if (broken !== undefined) throw broken.error;
  return overdue;
}
