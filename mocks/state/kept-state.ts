import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../src/core/errors.js';
import type { Clock } from '../../src/platform/clock.js';
import { asVirtual } from '../../src/platform/steered-clock.js';
import type { Namespaces } from '../namespaces.js';
import type { VendorMock } from '../vendor-mock.js';
import { openLog, readLog, replaceLog } from './append-log.js';
import { lockFolder } from './folder-lock.js';
import type { Recorder } from './recorder.js';
import { restoreTask, type TaskRecord, taskRecordSchema, toTaskRecord } from './task-record.js';

const place = { namespace: z.string(), vendor: z.string() };
const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proofsheet-state'), version: z.literal(1) }),
  z.strictObject({ kind: z.literal('task'), ...place, task: taskRecordSchema }),
  z.strictObject({ kind: z.literal('removed'), ...place, id: z.string() }),
  z.strictObject({ kind: z.literal('told'), ...place, id: z.string() }),
  z.strictObject({ kind: z.literal('dropped'), namespace: z.string() }),
]);
type Entry = z.output<typeof entrySchema>;

interface Kept {
  readonly namespace: string;
  readonly vendor: string;
  readonly task: TaskRecord;
  /** As it was written: what is read changes nothing of it. */
  readonly raw: unknown;
  told: boolean;
}

/** What a mock knew when it last ended, and the recorder that keeps what comes. */
export interface KeptState {
  readonly recorder: Recorder;
  /** Puts everything back. Tasks of vendors or accounts that do not exist now stay in the file. */
  restore(namespaces: Namespaces, clock: Clock): { readonly restored: number; readonly left: number };
  close(): Promise<void>;
}

function apply(kept: Map<string, Kept>, entry: Entry, raw: unknown): void {
  if (entry.kind === 'proofsheet-state') return;
  if (entry.kind === 'dropped') {
    for (const [key, { namespace }] of kept) if (namespace === entry.namespace) kept.delete(key);
    return;
  }
  const { namespace, vendor } = entry;
  const key = JSON.stringify([namespace, vendor, entry.kind === 'task' ? entry.task.id : entry.id]);
  const known = kept.get(key);
  if (entry.kind === 'task') kept.set(key, { namespace, vendor, task: entry.task, raw, told: known?.told ?? false });
  else if (entry.kind === 'removed') kept.delete(key);
  else if (known !== undefined) known.told = true;
}

function* compacted(kept: Iterable<Kept>): Generator<unknown> {
  yield { kind: 'proofsheet-state', version: 1 };
  for (const { namespace, vendor, task, raw, told } of kept) {
    yield raw;
    if (told) yield { kind: 'told', namespace, vendor, id: task.id };
  }
}

/** Opens a folder, reads what is there and writes it anew without what is no longer needed. Throws a `UsageError`. */
export async function openState(folder: string): Promise<KeptState> {
  const unlock = await lockFolder(folder);
  try {
    const file = join(folder, 'tasks.jsonl');
    const kept = new Map<string, Kept>();
    await readLog(file, (value, line) => {
      const entry = entrySchema.safeParse(value);
      if (!entry.success) throw new UsageError(`${file} line ${line} is no entry of this version: give another folder`);
      apply(kept, entry.data, value);
    });
    await replaceLog(file, compacted(kept.values()));
    const log = await openLog(file);
    const at = (mock: VendorMock) => ({ namespace: mock.namespace, vendor: mock.contract.id });
    return {
      recorder: {
        task: (mock, stored) => log.append({ kind: 'task', ...at(mock), task: toTaskRecord(stored) }),
        removed: (mock, id) => log.append({ kind: 'removed', ...at(mock), id }),
        told: (mock, id) => log.append({ kind: 'told', ...at(mock), id }),
        dropped: (namespace) => log.append({ kind: 'dropped', namespace }),
      },
      restore(namespaces, clock) {
        const latest = [...kept.values()].reduce((most, { task }) => Math.max(most, task.plan.createdAt), 0);
        asVirtual(clock)?.advance(Math.max(0, latest - clock.now()));
        let restored = 0;
        for (const { namespace, vendor, task, told } of kept.values()) {
          const mock = namespaces.open(namespace).mock(vendor);
          if (mock !== undefined && restoreTask(mock, task, told)) restored += 1;
        }
        const left = kept.size - restored;
        kept.clear();
        return { restored, left };
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
