import type { TaskError } from '../../src/core/task.js';
import { observe } from '../lifecycle/observe.js';
import type { Plan } from '../lifecycle/plan.js';
import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';

/** When the price of a task comes back; undefined where it is kept. */
export function refundMoment(plan: Plan): number | undefined {
  return plan.outcome === 'failed' ? plan.endedAt : undefined;
}

/** Lets a task end now. Its price follows: it is kept, or comes back at once. */
export async function endTask(
  mock: VendorMock,
  stored: StoredTask,
  outcome: Plan['outcome'],
  failure: TaskError | undefined,
): Promise<StoredTask> {
  const now = mock.clock.now();
  const { failure: _, ...plan } = stored.plan;
  const usual = (mock.task.failures?.other?.[0] ?? { message: 'The generation failed' }) as TaskError;
  const ended: StoredTask = {
    ...stored,
    request: stored.request,
    plan: {
      ...plan,
      startedAt: Math.min(plan.startedAt, now),
      endedAt: now,
      outcome,
      failsAt: observe(stored.plan, now).progress,
      ...(outcome === 'failed' ? { failure: failure ?? usual } : {}),
    },
  };
  mock.store.add(ended);
  stored.account.undo(plan.price, refundMoment(stored.plan));
  stored.account.reserve(plan.price, refundMoment(ended.plan));
  mock.webhooks.changed(mock, stored.id);
  await mock.recorder?.task(mock, ended);
  return ended;
}
