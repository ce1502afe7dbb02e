import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../../src/core/errors.js';

/** A file that only grows, one JSON value a line. */
export interface AppendLog {
  /** Resolves when the line is on the disk, not merely handed to the system. */
  append(value: unknown): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Calls back with every value in the file. A process that dies while it writes leaves a torn end: what cannot be read is
 * left out if nothing readable follows, because nobody was told that it was kept. In the middle it is a `UsageError`.
 */
export async function readLog(file: string, each: (value: unknown, line: number) => void): Promise<void> {
  const handle = await openIfThere(file);
  if (handle === undefined) return;
  let line = 0;
  let torn: number | undefined;
  for await (const text of handle.readLines()) {
    line += 1;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      torn ??= line;
      continue;
    }
    if (torn !== undefined)
      throw new UsageError(`${file} is damaged at line ${torn}: move it away, or give another folder`);
    each(value, line);
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Some systems cannot open a folder; there a rename is as safe as it gets.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Puts a new file in the place of the old one: whoever dies on the way leaves one of the two, whole. */
export async function replaceLog(file: string, values: Iterable<unknown>): Promise<void> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    for (const value of values) await handle.appendFile(`${JSON.stringify(value)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  await syncFolder(dirname(file));
}

/** Appends of the same moment share one write and one sync. After a failure everything fails: half a log is none. */
export async function openLog(file: string): Promise<AppendLog> {
  const handle = await open(file, 'a', 0o600);
  let waiting: { readonly text: string; resolve(): void; reject(error: unknown): void }[] = [];
  let failure: unknown;
  let flushing: Promise<void> | undefined;

  const flush = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure !== undefined) throw failure;
        await handle.appendFile(batch.map(({ text }) => text).join(''));
        await handle.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        failure ??= error;
        for (const { reject } of batch) reject(error);
      }
    }
    flushing = undefined;
  };

  return {
    append(value) {
      return new Promise((resolve, reject) => {
        waiting.push({ text: `${JSON.stringify(value)}\n`, resolve, reject });
        flushing ??= flush();
      });
    },
    async close() {
      await flushing;
      await handle.close();
    },
  };
}
