import type { TaskError } from '../../src/core/task.js';
import { observe } from '../lifecycle/observe.js';
import { heldBy, type Plan } from '../lifecycle/plan.js';
import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';

/** When the price of a task comes back; undefined where it is kept. */
function refundMoment(plan: Plan): number | undefined {
  return plan.outcome === 'failed' ? plan.endedAt : undefined;
}

function* plansOf({ store }: VendorMock): Generator<Plan> {
  for (const { plan } of store.all()) yield plan;
}

/** What a task was planned to hold until its end: its price, its place among the unfinished, the vendor's warmth. */
function letGo(mock: VendorMock, { account, plan }: StoredTask): void {
  account.undo(heldBy(plan), refundMoment(plan));
  mock.limiter.ended(account.key, plan.endedAt);
  if (mock.warmth.dependsOn(plan)) mock.warmth.recount(plansOf(mock));
}

/** Makes it as if the task had never been: its price goes back, and nobody is told. */
export async function removeTask(mock: VendorMock, stored: StoredTask): Promise<void> {
  mock.store.delete(stored.id);
  letGo(mock, stored);
  mock.idempotency.forget(stored.id);
  mock.webhooks.changed(mock, stored.id);
  await mock.recorder?.removed(mock, stored.id);
}

/** How a task can be made to end. */
export const endings = ['succeeded', 'failed', 'cancelled'] as const;
export type Ending = (typeof endings)[number];

/** What a plan says of its end: a vendor without a word for cancelled tasks calls them failed, with a reason for it. */
function endOf({ task }: VendorMock, ending: Ending, failure: TaskError | undefined) {
  if (ending === 'succeeded') return { outcome: ending };
  if (ending === 'cancelled' && Object.values(task.status?.words ?? {}).includes('cancelled'))
    return { outcome: 'failed', cancelled: true } as const;
  const known = (task.failures?.other ?? []) as TaskError[];
  const fitting = ending === 'cancelled' ? known.find(({ code }) => /cancel/i.test(String(code))) : undefined;
  const usual = fitting ?? known[0] ?? { message: 'The generation failed' };
  return { outcome: 'failed', failure: failure ?? usual } as const;
}

/** Lets a task end now. Its price follows: it is kept, or comes back at once. */
export async function endTask(
  mock: VendorMock,
  stored: StoredTask,
  ending: Ending,
  failure: TaskError | undefined,
): Promise<StoredTask> {
  const now = mock.clock.now();
  const { failure: _, ...plan } = stored.plan;
  const ended: StoredTask = {
    ...stored,
    request: stored.request,
    lastAnswer: undefined,
    plan: {
      ...plan,
      startedAt: Math.min(plan.startedAt, now),
      endedAt: now,
      failsAt: observe(stored.plan, now).progress,
      ...endOf(mock, ending, failure),
    },
  };
  mock.store.add(ended);
  letGo(mock, stored);
  stored.account.reserve(heldBy(ended.plan), refundMoment(ended.plan));
  mock.webhooks.changed(mock, stored.id);
  await mock.recorder?.task(mock, ended);
  return ended;
}
