import { z } from 'zod';
import { type AnswerRecord, answerRecordSchema } from './answer-record.js';
import { type TaskRecord, taskRecordSchema } from './task-record.js';
import { type UploadRecord, uploadRecordSchema } from './upload-record.js';

const place = { namespace: z.string(), vendor: z.string() };

/** How full a bucket of a limit was at a moment, in Unix milliseconds. */
export const bucketLevel = {
  account: z.string(),
  bucket: z.enum(['submit', 'poll']),
  tokens: z.number(),
  at: z.number(),
};
interface LevelRecord extends z.output<z.ZodObject<typeof bucketLevel>> {}

/** One line of the file in which a mock keeps its state. */
export const logEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proofsheet-state'), version: z.literal(1) }),
  z.strictObject({ kind: z.literal('task'), ...place, task: taskRecordSchema, unanswered: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('removed'), ...place, id: z.string() }),
  z.strictObject({ kind: z.literal('told'), ...place, id: z.string() }),
  z.strictObject({ kind: z.literal('answer'), ...place, answer: answerRecordSchema }),
  z.strictObject({ kind: z.literal('upload'), ...place, upload: uploadRecordSchema }),
  z.strictObject({ kind: z.literal('upload-removed'), ...place, id: z.string() }),
  z.strictObject({ kind: z.literal('adjusted'), ...place, account: z.string(), left: z.number(), taken: z.number() }),
  z.strictObject({ kind: z.literal('level'), ...place, ...bucketLevel }),
  z.strictObject({ kind: z.literal('dropped'), namespace: z.string() }),
]);
export type LogEntry = z.output<typeof logEntrySchema>;

interface Placed {
  readonly namespace: string;
  readonly vendor: string;
}

interface KeptTask extends Placed {
  readonly task: TaskRecord;
  /** As it was written: what is read changes nothing of it. */
  readonly raw: unknown;
  told: boolean;
  /** Whether whoever asked for it may still ask again, because nobody was told of it. */
  unanswered: boolean;
}

/** What the lines of a file come to. */
export interface KeptEntries {
  readonly tasks: Map<string, KeptTask>;
  readonly answers: Map<string, Placed & { readonly answer: AnswerRecord }>;
  readonly uploads: Map<string, Placed & { readonly upload: UploadRecord }>;
  readonly adjusted: Map<string, Placed & { readonly account: string; left: number; taken: number }>;
  readonly levels: Map<string, Placed & LevelRecord>;
}

export function nothingKept(): KeptEntries {
  return { tasks: new Map(), answers: new Map(), uploads: new Map(), adjusted: new Map(), levels: new Map() };
}

function dropNamespace(kept: KeptEntries, namespace: string): void {
  for (const map of [kept.tasks, kept.answers, kept.uploads, kept.adjusted, kept.levels] as Map<string, Placed>[])
    for (const [key, one] of map) if (one.namespace === namespace) map.delete(key);
}

/** Takes in the next line. `raw` is the same line with everything that this version does not know. */
export function applyEntry(kept: KeptEntries, entry: LogEntry, raw: unknown): void {
  if (entry.kind === 'proofsheet-state') return;
  if (entry.kind === 'dropped') {
    dropNamespace(kept, entry.namespace);
    return;
  }
  const { namespace, vendor } = entry;
  const placed = { namespace, vendor };
  const keyOf = (...rest: string[]) => JSON.stringify([namespace, vendor, ...rest]);
  switch (entry.kind) {
    case 'task': {
      const key = keyOf(entry.task.id);
      const known = kept.tasks.get(key);
      const told = known?.told ?? false;
      const unanswered = known === undefined ? entry.unanswered === true : known.unanswered;
      kept.tasks.set(key, { ...placed, task: entry.task, raw, told, unanswered });
      return;
    }
    case 'removed':
      kept.tasks.delete(keyOf(entry.id));
      for (const [key, one] of kept.answers)
        if (one.namespace === namespace && one.vendor === vendor && one.answer.reply.taskId === entry.id)
          kept.answers.delete(key);
      return;
    case 'told': {
      const known = kept.tasks.get(keyOf(entry.id));
      if (known !== undefined) known.told = true;
      return;
    }
    case 'answer': {
      const { account, key, reply } = entry.answer;
      kept.answers.set(keyOf(account, key), { ...placed, answer: entry.answer });
      const task = kept.tasks.get(keyOf(reply.taskId ?? ''));
      if (task !== undefined) task.unanswered = false;
      return;
    }
    case 'upload':
      kept.uploads.set(keyOf(entry.upload.id), { ...placed, upload: entry.upload });
      return;
    case 'upload-removed':
      kept.uploads.delete(keyOf(entry.id));
      return;
    case 'adjusted': {
      const known = kept.adjusted.get(keyOf(entry.account)) ?? { left: 0, taken: 0 };
      const [left, taken] = [known.left + entry.left, known.taken + entry.taken];
      kept.adjusted.set(keyOf(entry.account), { ...placed, account: entry.account, left, taken });
      return;
    }
    case 'level': {
      const { kind: _, ...level } = entry;
      kept.levels.set(keyOf(level.account, level.bucket), level);
    }
  }
}

/** The least that says the same: what is over, and what nobody was ever told of, is left out. */
export function* compacted(kept: KeptEntries, now: number): Generator<unknown> {
  yield { kind: 'proofsheet-state', version: 1 };
  for (const [key, { namespace, vendor, task, raw, told, unanswered }] of kept.tasks) {
    if (unanswered) {
      kept.tasks.delete(key);
      continue;
    }
    const { unanswered: _, ...entry } = raw as { unanswered?: true };
    yield entry;
    if (told) yield { kind: 'told', namespace, vendor, id: task.id };
  }
  for (const [key, { answer, ...placed }] of kept.answers)
    if (answer.until > now) yield { kind: 'answer', ...placed, answer };
    else kept.answers.delete(key);
  for (const [key, { upload, ...placed }] of kept.uploads)
    if (upload.expiresAt > now) yield { kind: 'upload', ...placed, upload };
    else kept.uploads.delete(key);
  for (const one of kept.adjusted.values()) yield { kind: 'adjusted', ...one };
  for (const one of kept.levels.values()) yield { kind: 'level', ...one };
}
