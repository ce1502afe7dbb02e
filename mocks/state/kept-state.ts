import { join } from 'node:path';
import { UsageError } from '../../src/core/errors.js';
import type { Clock } from '../../src/platform/clock.js';
import { asVirtual } from '../../src/platform/steered-clock.js';
import type { Namespaces } from '../namespaces.js';
import type { VendorMock } from '../vendor-mock.js';
import { restoreAnswer, toAnswerRecord } from './answer-record.js';
import { openLog, readLog, replaceLog } from './append-log.js';
import { lockFolder } from './folder-lock.js';
import { applyEntry, compacted, type KeptEntries, logEntrySchema, nothingKept } from './log-entry.js';
import type { Recorder } from './recorder.js';
import { accountHash, accountOf, restoreTask, toTaskRecord } from './task-record.js';
import { openUploadFiles, type UploadFiles, uploadFileName } from './upload-files.js';
import { restoreUpload, toUploadRecord } from './upload-record.js';

/** What a mock knew when it last ended, and the recorder that keeps what comes. */
export interface KeptState {
  readonly recorder: Recorder;
  /** Puts everything back. Tasks of vendors or accounts that do not exist now stay in the file. */
  restore(namespaces: Namespaces): Promise<{ readonly restored: number; readonly left: number }>;
  close(): Promise<void>;
}

async function readEntries(file: string): Promise<KeptEntries> {
  const kept = nothingKept();
  await readLog(file, (value, line) => {
    const entry = logEntrySchema.safeParse(value);
    if (!entry.success) throw new UsageError(`${file} line ${line} is no entry of this version: give another folder`);
    applyEntry(kept, entry.data, value);
  });
  return kept;
}

/** The last moment that anything in the file knows of. */
function latestMoment({ tasks, answers, uploads, levels }: KeptEntries): number {
  let latest = 0;
  for (const { task } of tasks.values()) latest = Math.max(latest, task.plan.createdAt);
  for (const { answer } of answers.values()) latest = Math.max(latest, answer.since);
  for (const { upload } of uploads.values()) latest = Math.max(latest, upload.createdAt);
  for (const { at } of levels.values()) latest = Math.max(latest, at);
  return latest;
}

async function restoreInto(kept: KeptEntries, files: UploadFiles, namespaces: Namespaces): Promise<number> {
  const mockOf = ({ namespace, vendor }: { namespace: string; vendor: string }) =>
    namespaces.open(namespace).mock(vendor);
  let restored = 0;
  for (const one of kept.tasks.values()) {
    const mock = mockOf(one);
    if (mock !== undefined && restoreTask(mock, one.task, one.told)) restored += 1;
  }
  for (const one of kept.answers.values()) {
    const mock = mockOf(one);
    if (mock !== undefined) restoreAnswer(mock, one.answer);
  }
  for (const one of kept.uploads.values()) {
    const mock = mockOf(one);
    if (mock === undefined) continue;
    const bytes = await files.read(uploadFileName(one.namespace, one.vendor, one.upload.id));
    if (bytes !== undefined) restoreUpload(mock, one.upload, bytes);
  }
  for (const one of kept.adjusted.values()) {
    const mock = mockOf(one);
    if (mock !== undefined) accountOf(mock, one.account)?.adjust(one.left, one.taken);
  }
  for (const { account: hash, bucket, tokens, at, ...placed } of kept.levels.values()) {
    const mock = mockOf(placed);
    const account = mock === undefined ? undefined : accountOf(mock, hash);
    if (account !== undefined) mock?.limiter.restore({ key: account.key, bucket, tokens, at });
  }
  return restored;
}

/** Opens a folder, reads what is there and writes it anew without what is no longer needed. Throws a `UsageError`. */
export async function openState(folder: string, clock: Clock): Promise<KeptState> {
  const unlock = await lockFolder(folder);
  try {
    const file = join(folder, 'tasks.jsonl');
    const kept = await readEntries(file);
    asVirtual(clock)?.advance(Math.max(0, latestMoment(kept) - clock.now()));
    await replaceLog(file, compacted(kept, clock.now()));
    const files = await openUploadFiles(join(folder, 'uploads'));
    const named = [...kept.uploads.values()];
    await files.keepOnly(
      new Set(named.map(({ namespace, vendor, upload }) => uploadFileName(namespace, vendor, upload.id))),
    );
    const log = await openLog(file);
    const at = (mock: VendorMock) => ({ namespace: mock.namespace, vendor: mock.contract.id });
    const fileOf = (mock: VendorMock, id: string) => uploadFileName(mock.namespace, mock.contract.id, id);
    return {
      recorder: {
        task: (mock, stored, unanswered = false) =>
          log.append({
            kind: 'task',
            ...at(mock),
            task: toTaskRecord(stored),
            ...(unanswered ? { unanswered: true } : {}),
          }),
        removed: (mock, id) => log.append({ kind: 'removed', ...at(mock), id }),
        told: (mock, id) => log.append({ kind: 'told', ...at(mock), id }),
        answer: (mock, answer) => log.append({ kind: 'answer', ...at(mock), answer: toAnswerRecord(answer) }),
        async upload(mock, upload) {
          await files.write(fileOf(mock, upload.id), upload.bytes);
          await log.append({ kind: 'upload', ...at(mock), upload: toUploadRecord(upload) });
        },
        async uploadRemoved(mock, id) {
          await log.append({ kind: 'upload-removed', ...at(mock), id });
          await files.remove(fileOf(mock, id));
        },
        adjusted: (mock, accountKey, left, taken) =>
          log.append({ kind: 'adjusted', ...at(mock), account: accountHash(accountKey), left, taken }),
        level: (mock, { key, ...level }) =>
          log.append({ kind: 'level', ...at(mock), account: accountHash(key), ...level }),
        dropped: (namespace) => log.append({ kind: 'dropped', namespace }),
      },
      async restore(namespaces) {
        const count = kept.tasks.size;
        const restored = await restoreInto(kept, files, namespaces);
        for (const map of Object.values(kept)) map.clear();
        return { restored, left: count - restored };
      },
      async close() {
        await log.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}
