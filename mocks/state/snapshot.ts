import { z } from 'zod';
import type { Clock } from '../../src/platform/clock.js';
import { asVirtual } from '../../src/platform/steered-clock.js';
import type { Namespace } from '../namespaces.js';
import type { VendorMock } from '../vendor-mock.js';
import { isOpenState } from '../webhooks/delivery.js';
import type { Webhooks } from '../webhooks/webhooks.js';
import { answerRecordSchema, restoreAnswer, toAnswerRecord } from './answer-record.js';
import { bucketLevel } from './log-entry.js';
import { accountHash, accountOf, restoreTask, taskRecordSchema, toTaskRecord } from './task-record.js';
import { restoreUpload, toUploadRecord, uploadRecordSchema } from './upload-record.js';

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
      /** What is left on each account and what is taken from it, at the moment of the snapshot. */
      accounts: z.array(z.strictObject({ account: z.string(), left: z.number(), taken: z.number() })).default([]),
      /** Remembered answers by idempotency key. */
      answers: z.array(answerRecordSchema).default([]),
      uploads: z.array(uploadRecordSchema.extend({ base64: z.base64() })).default([]),
      /** How full the buckets of rate limits are. */
      limits: z.array(z.strictObject(bucketLevel)).default([]),
      /** How often each request was seen, so that what comes next gets the next chance. */
      occurrences: z.array(z.tuple([z.number(), z.number()])).default([]),
    }),
  ),
});

export type Snapshot = z.output<typeof snapshotSchema>;
type VendorSnapshot = Snapshot['vendors'][string];

/** All but tasks and uploads, which are what can be many. */
function restOf(mock: VendorMock, webhooks: Webhooks, now: number) {
  return {
    told: webhooks
      .deliveries([mock])
      .filter(({ state }) => !isOpenState(state))
      .map(({ taskId }) => taskId),
    accounts: [...mock.accounts.values()].map((account) => ({
      account: accountHash(account.key),
      left: account.balance(now),
      taken: account.used(now),
    })),
    answers: mock.idempotency.answers(now).map(toAnswerRecord),
    limits: mock.limiter.levels().map(({ key, ...level }) => ({ account: accountHash(key), ...level })),
    occurrences: [...mock.occurrences.entries()],
  };
}

function* listed<T>(values: Iterable<T>, asJson: (value: T) => unknown): Generator<string> {
  let before = '';
  for (const value of values) {
    yield before + JSON.stringify(asJson(value));
    before = ',';
  }
}

function* vendorText(mock: VendorMock, webhooks: Webhooks, now: number): Generator<string> {
  const uploads = [...mock.uploads.all()].filter(({ expiresAt }) => expiresAt > now);
  yield `${JSON.stringify(mock.contract.id)}:${JSON.stringify(restOf(mock, webhooks, now)).slice(0, -1)},"tasks":[`;
  yield* listed(mock.store.all(), toTaskRecord);
  yield '],"uploads":[';
  yield* listed(uploads, (upload) => ({
    ...toUploadRecord(upload),
    base64: Buffer.from(upload.bytes).toString('base64'),
  }));
  yield ']}';
}

function* textOf(space: Namespace, webhooks: Webhooks, now: number): Generator<string> {
  yield `{"version":1,"at":${now},"vendors":{`;
  for (const [index, mock] of space.mocks().entries()) {
    if (index > 0) yield ',';
    yield* vendorText(mock, webhooks, now);
  }
  yield '}}';
}

/**
 * Everything that a namespace remembers apart from its journal, as JSON. Keys are not in it. Undefined where it would
 * have more bytes: that shows on the way, so that a million tasks are not written out to find it.
 */
export function snapshotText(space: Namespace, webhooks: Webhooks, now: number, mostBytes: number): string | undefined {
  const pieces: string[] = [];
  let left = mostBytes;
  for (const piece of textOf(space, webhooks, now)) {
    left -= Buffer.byteLength(piece);
    if (left < 0) return undefined;
    pieces.push(piece);
  }
  return pieces.join('');
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
    if (tasks.some(({ account }) => accountOf(mock, account) === undefined))
      return { problem: `The snapshot has tasks of an account of ${vendor} that does not exist here` };
  }
  return { snapshot: parsed.data };
}

async function restoreVendor(mock: VendorMock, from: VendorSnapshot, at: number): Promise<void> {
  const { recorder } = mock;
  const kept: (Promise<void> | undefined)[] = [];
  const told = new Set(from.told);
  for (const record of from.tasks) {
    restoreTask(mock, record, told.has(record.id));
    const stored = mock.store.get(record.id);
    if (stored !== undefined) kept.push(recorder?.task(mock, stored));
    if (told.has(record.id)) kept.push(recorder?.told(mock, record.id));
  }
  for (const { account: hash, left, taken } of from.accounts) {
    const account = accountOf(mock, hash);
    if (account === undefined) continue;
    const [moreLeft, moreTaken] = [left - account.balance(at), taken - account.used(at)];
    if (moreLeft === 0 && moreTaken === 0) continue;
    account.adjust(moreLeft, moreTaken);
    kept.push(recorder?.adjusted(mock, account.key, moreLeft, moreTaken));
  }
  for (const record of from.answers) {
    const answer = restoreAnswer(mock, record);
    if (answer !== undefined) kept.push(recorder?.answer(mock, answer));
  }
  for (const { base64, ...record } of from.uploads) {
    const upload = restoreUpload(mock, record, Buffer.from(base64, 'base64'));
    if (upload !== undefined) kept.push(recorder?.upload(mock, upload));
  }
  for (const { account: hash, ...level } of from.limits) {
    const account = accountOf(mock, hash);
    if (account === undefined) continue;
    mock.limiter.restore({ key: account.key, ...level });
    kept.push(recorder?.level(mock, { key: account.key, ...level }));
  }
  // The counts of the snapshot know of requests, too, whose tasks are gone.
  for (const [what, count] of from.occurrences) mock.occurrences.set(what, count);
  await Promise.all(kept);
}

/** Fills a fresh namespace. A virtual clock that stands before the snapshot moves up to it. Answers how many tasks. */
export async function restoreSnapshot(space: Namespace, snapshot: Snapshot, clock: Clock): Promise<number> {
  asVirtual(clock)?.advance(Math.max(0, snapshot.at - clock.now()));
  let restored = 0;
  for (const [vendor, from] of Object.entries(snapshot.vendors)) {
    const mock = space.mock(vendor);
    if (mock === undefined) continue;
    restored += from.tasks.length;
    await restoreVendor(mock, from, Math.min(snapshot.at, clock.now()));
  }
  return restored;
}
