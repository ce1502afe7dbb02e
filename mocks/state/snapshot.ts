import { z } from 'zod';
import type { Clock } from '../../src/platform/clock.js';
import { asVirtual } from '../../src/platform/steered-clock.js';
import type { Namespace } from '../namespaces.js';
import { isOpenState } from '../webhooks/delivery.js';
import type { Webhooks } from '../webhooks/webhooks.js';
import { accountHash, restoreTask, taskRecordSchema, toTaskRecord } from './task-record.js';

const snapshotSchema = z.strictObject({
  version: z.literal(1),
  /** Unix milliseconds. */
  at: z.number(),
  vendors: z.record(
    z.string(),
    z.strictObject({
      tasks: z.array(taskRecordSchema),
      /** Ids of tasks whose receivers need not be told any more. */
      told: z.array(z.string()),
    }),
  ),
});

export type Snapshot = z.output<typeof snapshotSchema>;

/** Everything that tasks are made of, as a value for JSON. Balances follow from it; keys are not in it. */
export function takeSnapshot(space: Namespace, webhooks: Webhooks, now: number): unknown {
  return {
    version: 1,
    at: now,
    vendors: Object.fromEntries(
      space.mocks().map((mock) => [
        mock.contract.id,
        {
          tasks: [...mock.store.all()].map(toTaskRecord),
          told: webhooks
            .deliveries([mock])
            .filter(({ state }) => !isOpenState(state))
            .map(({ taskId }) => taskId),
        },
      ]),
    ),
  };
}

/** A snapshot that can be restored here, or what is wrong with it. */
export function readSnapshot(
  space: Namespace,
  value: unknown,
): { readonly snapshot: Snapshot } | { readonly problem: string } {
  const parsed = snapshotSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: `This is no snapshot: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}` };
  }
  for (const [vendor, { tasks }] of Object.entries(parsed.data.vendors)) {
    const mock = space.mock(vendor);
    if (mock === undefined) return { problem: `The snapshot speaks of ${vendor}, which is not mounted` };
    const known = new Set([...mock.accounts.keys()].map(accountHash));
    if (tasks.some(({ account }) => !known.has(account)))
      return { problem: `The snapshot has tasks of an account of ${vendor} that does not exist here` };
  }
  return { snapshot: parsed.data };
}

/** Fills a fresh namespace. A virtual clock that stands before the snapshot moves up to it. Answers how many tasks. */
export async function restoreSnapshot(space: Namespace, snapshot: Snapshot, clock: Clock): Promise<number> {
  asVirtual(clock)?.advance(Math.max(0, snapshot.at - clock.now()));
  let restored = 0;
  const kept: (Promise<void> | undefined)[] = [];
  for (const [vendor, { tasks, told }] of Object.entries(snapshot.vendors)) {
    const mock = space.mock(vendor);
    if (mock === undefined) continue;
    const done = new Set(told);
    for (const record of tasks) {
      restoreTask(mock, record, done.has(record.id));
      restored += 1;
      const stored = mock.store.get(record.id);
      if (mock.recorder !== undefined && stored !== undefined) kept.push(mock.recorder.task(mock, stored));
      if (done.has(record.id)) kept.push(mock.recorder?.told(mock, record.id));
    }
  }
  await Promise.all(kept);
  return restored;
}
