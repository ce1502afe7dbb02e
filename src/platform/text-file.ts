import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../core/errors.js';

/** The text of a file that a person named. Rejects with a `UsageError` where it cannot be read or is too large. */
export async function readTextFile(path: string, what: string, mostBytes: number): Promise<string> {
  let size: number;
  try {
    ({ size } = await stat(path));
    if (size <= mostBytes) return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${what} ${path} cannot be read: ${(error as Error).message}`);
  }
  throw new UsageError(`${what} ${path} has ${size} bytes; at most ${mostBytes} are read`);
}
