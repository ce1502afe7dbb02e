import { draw } from '../../core/lifecycle/distribution.js';
import { announcedSeconds, drawLife } from '../../core/lifecycle/life.js';
import type { Timing } from '../../core/lifecycle/timing.js';
import { createWarmth } from '../../core/lifecycle/warmth.js';
import { createEventQueue } from '../event-queue.js';
import { lostShareAt } from '../lost-share.js';
import type { QuickChance } from '../quick-chance.js';
import { createBucket } from './bucket.js';
import type { ServerModel } from './server-model.js';

/** What a vendor's contract says about its tasks. */
export interface VendorFacts {
  /** Whether tasks are seen waiting before they run. */
  readonly waits: boolean;
  readonly timing: Timing;
  /** Which answers tell how long a task is expected to take. */
  readonly announces: { readonly submit: boolean; readonly poll: boolean };
}

/** A task as it was planned when it was submitted. The server has one such object, overwritten by each plan. */
interface Planned {
  createdAt: number;
  startedAt: number;
  endedAt: number;
  fails: boolean;
}

export interface VirtualServer {
  /** How long a task is expected to take, as far as so many polls have told; 0 where nothing is known. */
  etaMs(polls: number): number;
  /** The plan that `submit` made last. */
  readonly planned: Readonly<Planned>;
  /** How long the last refused request has to wait, in milliseconds. */
  retryAfterMs(): number;
  /** The status of a submit; where it is 200, the task was planned by `life`. */
  submit(now: number, life: QuickChance): 200 | 429 | 502;
  poll(now: number): 200 | 429 | 502;
  /** Milliseconds until a request that came just now is answered. */
  latency(now: number, chance: QuickChance): number;
  /** Milliseconds from the end of a task until its receiver is called; undefined when the call is lost. */
  callbackDelay(endedAt: number, chance: QuickChance): number | undefined;
  /** Tasks that will have been paid for. */
  paidTasks(): number;
}

/** Limits speak in whole seconds, as the header does. */
function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000)) * 1000;
}

/** A vendor of which only the outside matters: when a task is ready, and what each request is answered. */
export function createServer(model: ServerModel, { waits, timing, announces }: VendorFacts): VirtualServer {
  const { limits, outages = [], slow, workers, service, failed = 0, callbacks } = model;
  const submits = limits?.submit === undefined ? undefined : createBucket(limits.submit);
  const ownPolls = limits?.poll === undefined ? undefined : createBucket(limits.poll);
  const polls = limits?.shared === true ? submits : ownPolls;
  // Moments at which unfinished tasks end, at which workers and request slots come free.
  const unfinished = createEventQueue();
  const busyWorkers = createEventQueue();
  const busySlots = createEventQueue();
  const planned: Planned = { createdAt: 0, startedAt: 0, endedAt: 0, fails: false };
  const life = { waits, timing, cold: false, slower: 1 };
  const announcedMs = announcedSeconds(timing, waits) * 1000;
  let retryAfterMs = 0;
  const warmth = createWarmth();
  const coldAfterMs = timing.coldStart?.afterMs;
  let paid = 0;

  const isOut = (now: number) => {
    for (const { fromMs, untilMs } of outages) if (now >= fromMs && now < untilMs) return true;
    return false;
  };

  const plan = (now: number, chance: QuickChance) => {
    const fails = chance.next() < failed;
    life.slower = slow !== undefined && chance.next() < slow.share ? slow.factor : 1;
    life.cold = coldAfterMs !== undefined && warmth.isCold(now, coldAfterMs);
    const { queuedMs, runningMs, failsAt } = drawLife(life, chance);
    const runs = fails ? (runningMs * failsAt) / 100 : runningMs;
    let startedAt = now + queuedMs;
    if (workers !== undefined) {
      if (busyWorkers.size >= workers) {
        startedAt = Math.max(startedAt, busyWorkers.nextAt());
        busyWorkers.take();
      }
      busyWorkers.add(startedAt + runs, 0);
    }
    planned.createdAt = now;
    planned.startedAt = startedAt;
    planned.endedAt = startedAt + runs;
    planned.fails = fails;
    if (!fails) paid += 1;
    warmth.ran(planned);
  };

  const take = (bucket: typeof submits, now: number) => {
    const waitMs = bucket?.take(now) ?? 0;
    if (waitMs > 0) retryAfterMs = wholeSeconds(waitMs);
    return waitMs === 0;
  };

  return {
    etaMs: (polls) => (announces.submit || (announces.poll && polls > 0) ? announcedMs : 0),
    planned,
    retryAfterMs: () => retryAfterMs,
    submit(now, chance) {
      if (isOut(now)) return 502;
      if (!take(submits, now)) return 429;
      const most = limits?.concurrency;
      if (most !== undefined) {
        while (unfinished.nextAt() <= now) unfinished.take();
        if (unfinished.size >= most) {
          retryAfterMs = wholeSeconds(unfinished.nextAt() - now);
          return 429;
        }
      }
      plan(now, chance);
      if (most !== undefined) unfinished.add(planned.endedAt, 0);
      return 200;
    },
    poll(now) {
      if (isOut(now)) return 502;
      return take(polls, now) ? 200 : 429;
    },
    latency(now, chance) {
      const wire = draw(model.latency, chance);
      if (service === undefined) return wire;
      let freeAt = now;
      if (busySlots.size >= service.slots) {
        freeAt = Math.max(now, busySlots.nextAt());
        busySlots.take();
      }
      const doneAt = freeAt + draw(service.time, chance);
      busySlots.add(doneAt, 0);
      return wire + doneAt - now;
    },
    callbackDelay(endedAt, chance) {
      if (callbacks === undefined || chance.next() < lostShareAt(callbacks.lost, endedAt)) return undefined;
      return draw(callbacks.delay, chance);
    },
    paidTasks: () => paid,
  };
}
