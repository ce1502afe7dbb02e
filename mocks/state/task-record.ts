import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../accounts.js';
import { requestHash } from '../lifecycle/occurrence.js';
import { heldBy } from '../lifecycle/plan.js';
import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';

/** JSON has no number for a moment that never comes. */
const moment = z.union([z.number(), z.literal('never').transform(() => Number.POSITIVE_INFINITY)]);

/** A task as it is written down. Its account stands there as a hash: a file must not hold keys. */
export const taskRecordSchema = z.looseObject({
  id: z.string().min(1).max(512),
  account: z.string(),
  operation: z.string(),
  request: z.looseObject({
    prompt: z.string(),
    width: z.number(),
    height: z.number(),
    count: z.int().min(1).max(16),
    format: z.enum(['png', 'jpeg', 'webp']),
    params: z.record(z.string(), z.json()),
    body: z.json(),
  }),
  plan: z.looseObject({
    createdAt: z.number(),
    startedAt: moment,
    endedAt: moment,
    outcome: z.enum(['succeeded', 'failed']),
    failsAt: z.number(),
    price: z.number(),
    seed: z.string(),
    unpaid: z.literal(true).optional(),
  }),
  preferred: z.string().optional(),
  callback: z
    .looseObject({ url: z.string(), reach: z.enum(['loopback', 'private', 'public']), origin: z.string() })
    .optional(),
});

export type TaskRecord = z.output<typeof taskRecordSchema>;

export function accountHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** The task as a value for JSON. */
export function toTaskRecord(stored: StoredTask): unknown {
  const { account, plan, lastAnswer: _, ...rest } = { ...stored, request: stored.request };
  const moments = Object.entries(plan).map(([name, value]) => [
    name,
    value === Number.POSITIVE_INFINITY ? 'never' : value,
  ]);
  return { ...rest, plan: Object.fromEntries(moments), account: accountHash(account.key) };
}

const hashed = new WeakMap<VendorMock, ReadonlyMap<string, Account>>();

/** The account that a written hash stands for; undefined where it does not exist here. */
export function accountOf(mock: VendorMock, hash: string): Account | undefined {
  const known = hashed.get(mock) ?? new Map([...mock.accounts.values()].map((one) => [accountHash(one.key), one]));
  hashed.set(mock, known);
  return known.get(hash);
}

/**
 * Puts a written task back where it was: into the store, onto its account, among the occurrences of its request and, if
 * nobody was told yet, into the schedule of calls. False where the account does not exist here.
 */
export function restoreTask(mock: VendorMock, record: TaskRecord, told: boolean): boolean {
  const account = accountOf(mock, record.account);
  if (account === undefined) return false;
  const stored = { ...record, account } as unknown as StoredTask;
  const { plan } = stored;
  const what = requestHash(account.key, stored.operation, stored.request, stored.preferred);
  mock.store.add(stored);
  mock.occurrences.next(what);
  account.reserve(heldBy(plan), plan.outcome === 'failed' ? plan.endedAt : undefined);
  mock.limiter.started(account.key, plan.endedAt);
  mock.warmth.ran(plan);
  if (!told) mock.webhooks.schedule(mock, stored);
  return true;
}
