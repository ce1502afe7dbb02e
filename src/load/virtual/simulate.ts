import type { PollingPolicy } from '../../core/polling.js';
import { createEventQueue } from '../event-queue.js';
import type { LoadSample } from '../load-sample.js';
import { createQuickChance } from '../quick-chance.js';
import { createWaitDraws } from '../wait-draws.js';
import { createSampler } from './sampler.js';
import type { VirtualServer } from './server.js';
import { createTaskTable } from './task-table.js';
import { createWaits } from './waits.js';

export interface SimulateOptions {
  readonly server: VirtualServer;
  readonly policy: PollingPolicy;
  /** A vendor that answers a submit with the finished work. */
  readonly synchronous: boolean;
  readonly adviceMs: number | undefined;
  readonly seed: number;
  /** Milliseconds from the start of the run, never falling. */
  readonly arrivals: Iterator<number, unknown>;
  readonly maxTasks: number;
  /** Milliseconds; infinite to run until the last task has ended. */
  readonly endAt: number;
  /** Milliseconds from a task's start until it is given up. */
  readonly timeoutMs: number;
  /** Share of the given-up tasks whose users ask for the same again, 0 to 1. */
  readonly askAgain: number;
  readonly onSample: (sample: LoadSample) => void;
}

/** Calls to receivers: each was made, was lost, or was still to come when the run ended. */
interface CallbackCounts {
  due: number;
  delivered: number;
  lost: number;
}

export interface Simulation {
  /** Lets so many events happen; false when there is nothing more to come. */
  step(events: number): boolean;
  /** Ends the run: what is open is live. Answers how many of the live tasks will be paid for. */
  finish(): { readonly liveThatSucceed: number; readonly callbacks: Readonly<CallbackCounts> };
  now(): number;
}

/** Kinds of events; an event is its kind plus four times its task's place (or number, for one asked for again). */
const POLL = 0;
const CALLBACK = 1;
const DEADLINE = 2;
const AGAIN = 3;

/** Streams of chance, apart from each other: a policy must not change how long the tasks take. */
const LIFE = 1;
const REPEATED_LIFE = 2;
const CALL = 3;
const PEOPLE = 4;

/**
 * The driver's rules on a discrete-event clock: open arrivals, then for each task a closed loop of polls by the policy,
 * until it is seen to end, is given up or the run is over. The server sees a request the moment it leaves; the answer
 * is there after the latency. Nothing waits and nothing is allocated per event.
 */
export function simulate(options: SimulateOptions): Simulation {
  const { server, policy, arrivals, maxTasks, endAt, timeoutMs, askAgain, synchronous } = options;
  const queue = createEventQueue();
  const tasks = createTaskTable();
  const chance = createQuickChance(options.seed);
  const drawWait = createWaitDraws(options.seed);
  const emit = createSampler(options.onSample);
  const waits = createWaits(policy, options.adviceMs);
  const callbacks: CallbackCounts = { due: 0, delivered: 0, lost: 0 };
  const usesCallbacks = policy.callback === true && !synchronous;
  let started = 0;
  let arrived = 0;
  let now = 0;

  const nextArrival = (): number => {
    if (started >= maxTasks) return Number.POSITIVE_INFINITY;
    const { value, done } = arrivals.next();
    const at = Number(value);
    return done === true || at >= endAt ? Number.POSITIVE_INFINITY : at;
  };
  let arrivalAt = nextArrival();

  const giveUp = (slot: number) => {
    const at = tasks.plannedAt[slot] as number;
    const number = tasks.number[slot] as number;
    const deadline = at + timeoutMs;
    emit.abandoned(number, deadline, at, tasks.polls[slot] as number, tasks.fails[slot] === 1);
    tasks.end(slot);
    chance.to(number, PEOPLE);
    // Who was told of a failure once more does not ask a third time.
    if (tasks.repeated[slot] === 0 && askAgain > 0 && chance.next() < askAgain && deadline < endAt)
      queue.add(deadline, number * 4 + AGAIN);
  };

  /** Leaves a task to its deadline, if the run lasts that long. */
  const leave = (slot: number) => {
    const deadline = (tasks.plannedAt[slot] as number) + timeoutMs;
    if (deadline >= endAt) return;
    // While a call may still come, nobody knows yet that the task will be given up.
    if (tasks.pending[slot] === 0) giveUp(slot);
    else tasks.expect(slot, queue, deadline, slot * 4 + DEADLINE);
  };

  const planPoll = (slot: number, answeredAt: number, retryAfterMs: number) => {
    const plannedAt = tasks.plannedAt[slot] as number;
    const polls = tasks.polls[slot] as number;
    const previous = tasks.previousMs[slot] as number;
    const elapsedMs = answeredAt - plannedAt;
    const draw = drawWait(tasks.number[slot] as number, polls);
    const at = answeredAt + waits.next(polls + 1, elapsedMs, previous, server.etaMs(polls), retryAfterMs, draw);
    tasks.previousMs[slot] = waits.policyMs();
    if (at >= plannedAt + timeoutMs) leave(slot);
    else if (at < endAt) tasks.expect(slot, queue, at, slot * 4 + POLL);
  };

  const planCallback = (slot: number, number: number, endedAt: number) => {
    callbacks.due += 1;
    chance.to(number, CALL);
    const delay = server.callbackDelay(endedAt, chance);
    if (delay === undefined) {
      callbacks.lost += 1;
      emit.call(number, endedAt, true, false);
    } else if (endedAt + delay < endAt) tasks.expect(slot, queue, endedAt + delay, slot * 4 + CALLBACK);
  };

  const start = (at: number, number: number, repeated: boolean) => {
    started += 1;
    emit.started(number, at, repeated);
    chance.to(number, repeated ? REPEATED_LIFE : LIFE);
    const status = server.submit(at, chance);
    chance.to(number, 15);
    const answeredAt = at + server.latency(at, chance);
    const { planned } = server;
    if (status !== 200) {
      emit.submit(number, at, answeredAt, status);
      // Nothing was made: there is nothing that could still succeed.
      emit.abandoned(number, answeredAt, at, 0, true);
      return;
    }
    const doneAt = synchronous ? answeredAt + planned.endedAt - at : answeredAt;
    if (doneAt < endAt) emit.submit(number, at, doneAt, synchronous && planned.fails ? 500 : 200);
    const slot = tasks.begin(number, at, planned.startedAt, planned.endedAt, planned.fails, repeated);
    if (usesCallbacks) planCallback(slot, number, planned.endedAt);
    // An answer may come when nobody waits for it any more.
    if (doneAt >= at + timeoutMs || doneAt >= endAt) leave(slot);
    else if (synchronous) {
      emit.ended(number, doneAt, at, 0, planned.fails, planned.endedAt);
      tasks.end(slot);
    } else planPoll(slot, doneAt, 0);
    tasks.release(slot);
  };

  const poll = (slot: number) => {
    const number = tasks.number[slot] as number;
    const polls = (tasks.polls[slot] as number) + 1;
    tasks.polls[slot] = polls;
    // Between the streams of the waits before and after it.
    chance.to(number, 17 + polls * 2);
    const status = server.poll(now);
    const answeredAt = now + server.latency(now, chance);
    const plannedAt = tasks.plannedAt[slot] as number;
    if (answeredAt >= endAt) {
      leave(slot);
      return;
    }
    if (status !== 200) {
      emit.poll(number, polls, now, answeredAt, status, -1, false);
      planPoll(slot, answeredAt, status === 429 ? server.retryAfterMs() : 0);
      return;
    }
    const phase = tasks.phaseAt(slot, now);
    emit.poll(number, polls, now, answeredAt, status, phase, phase === tasks.phase[slot]);
    tasks.phase[slot] = phase;
    if (phase < 2) planPoll(slot, answeredAt, 0);
    else if (answeredAt >= plannedAt + timeoutMs) leave(slot);
    else {
      emit.ended(number, answeredAt, plannedAt, polls, phase === 3, tasks.endedAt[slot] as number);
      tasks.end(slot);
    }
  };

  const called = (slot: number) => {
    callbacks.delivered += 1;
    const number = tasks.number[slot] as number;
    emit.call(number, now, false, !tasks.isOver(slot));
    if (tasks.isOver(slot)) return;
    const fails = tasks.fails[slot] === 1;
    const polls = tasks.polls[slot] as number;
    const plannedAt = tasks.plannedAt[slot] as number;
    emit.ended(number, now, plannedAt, polls, fails, tasks.endedAt[slot] as number);
    tasks.end(slot);
  };

  const happen = (what: number) => {
    const kind = what % 4;
    const slot = (what - kind) / 4;
    if (kind === AGAIN) {
      if (started < maxTasks) start(now, slot, true);
      return;
    }
    tasks.happened(slot);
    if (kind === CALLBACK) called(slot);
    else if (!tasks.isOver(slot)) {
      if (kind === POLL) poll(slot);
      else giveUp(slot);
    }
    tasks.release(slot);
  };

  return {
    now: () => now,
    step(events) {
      for (let count = 0; count < events; count += 1) {
        const at = queue.nextAt();
        if (arrivalAt <= at) {
          if (arrivalAt === Number.POSITIVE_INFINITY) return false;
          now = arrivalAt;
          arrived += 1;
          if (started < maxTasks) start(now, arrived, false);
          arrivalAt = nextArrival();
        } else {
          now = at;
          happen(queue.take());
        }
      }
      return true;
    },
    finish() {
      const overAt = Number.isFinite(endAt) ? Math.max(now, endAt) : now;
      let liveThatSucceed = 0;
      tasks.forEachOpen((slot) => {
        if (tasks.fails[slot] === 0) liveThatSucceed += 1;
        emit.live(tasks.number[slot] as number, overAt, tasks.plannedAt[slot] as number, tasks.polls[slot] as number);
      });
      return { liveThatSucceed, callbacks };
    },
  };
}
