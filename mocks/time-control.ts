import type { Clock } from '../src/platform/clock.js';
import { asVirtual } from '../src/platform/steered-clock.js';
import { isEndless } from './lifecycle/plan.js';
import type { Namespaces } from './namespaces.js';
import type { Webhooks } from './webhooks/webhooks.js';

/**
 * Moves the time of a mock on a virtual clock. Everything hangs on that one clock: tasks, calls, the life of URLs and
 * uploads, the windows of idempotency keys and rate limits.
 */
export interface TimeControl {
  /** Lets time pass, from one call that is due to the next, so that none is made later than it should be. */
  advance(ms: number): Promise<void>;
  /**
   * Goes to the next moment at which a task starts or ends, a call is due or an open answer goes on. False where nothing
   * is to come: then time stays where it is.
   */
  toNextEvent(): Promise<boolean>;
  /** Lets time stand still; false where it goes by itself. */
  freeze(): boolean;
  /** Lets time pass as fast as the machine's; false where it only moves when told, or goes by itself anyway. */
  flow(): boolean;
}

function* momentsAhead(namespaces: Namespaces, now: number): Generator<number> {
  for (const space of namespaces.list())
    for (const mock of space.mocks())
      for (const { plan } of mock.store.all()) {
        if (plan.startedAt > now) yield plan.startedAt;
        if (plan.endedAt > now && !isEndless(plan)) yield plan.endedAt;
      }
}

/** A clock that goes by itself cannot be moved: both calls leave it alone then. */
export function createTimeControl(clock: Clock, webhooks: Webhooks, namespaces: Namespaces): TimeControl {
  const virtual = asVirtual(clock);
  const advance = async (ms: number) => {
    const goal = clock.now() + ms;
    for (;;) {
      await webhooks.settled();
      const next = webhooks.nextDue();
      if (virtual === undefined || next === undefined || next > goal) break;
      virtual.advance(next - clock.now());
    }
    virtual?.advance(goal - clock.now());
    await webhooks.settled();
  };
  return {
    advance,
    async toNextEvent() {
      await webhooks.settled();
      const now = clock.now();
      let next = Math.min(
        webhooks.nextDue() ?? Number.POSITIVE_INFINITY,
        virtual?.nextWake() ?? Number.POSITIVE_INFINITY,
      );
      for (const moment of momentsAhead(namespaces, now)) next = Math.min(next, moment);
      if (virtual === undefined || !Number.isFinite(next)) return false;
      await advance(Math.max(0, next - now));
      return true;
    },
    freeze() {
      virtual?.freeze?.();
      return virtual !== undefined;
    },
    flow() {
      virtual?.flow?.();
      return virtual?.flow !== undefined;
    },
  };
}
