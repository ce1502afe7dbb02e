import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../../src/core/errors.js';

/** Folders that this process uses; its own number in a lock may be left from an earlier process with the same one. */
const ours = new Set<string>();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process exists, although it may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Makes a folder this process's own, so that no second mock writes into the same files. Answers how to let go. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = resolve(folder);
  const file = join(path, 'lock');
  const inUse = (pid: number) => new UsageError(`${path} is in use by another mock (process ${pid})`);
  if (ours.has(path)) throw inUse(process.pid);
  ours.add(path);
  try {
    await mkdir(path, { recursive: true });
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && owner !== process.pid && isAlive(owner)) throw inUse(owner);
    await rm(file, { force: true });
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
  } catch (error) {
    ours.delete(path);
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The state cannot be kept in ${path}: ${(error as Error).message}`);
  }
  return async () => {
    ours.delete(path);
    await rm(file, { force: true });
  };
}
