import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of uploads, a file each. */
export interface UploadFiles {
  /** Resolves when the bytes are on the disk. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined where there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  remove(name: string): Promise<void>;
  /** Deletes everything but these: what nobody speaks of, and what was half written when the process died. */
  keepOnly(names: ReadonlySet<string>): Promise<void>;
}

/** One id may be in use in several places; a client's own words never become a path. */
export function uploadFileName(namespace: string, vendor: string, id: string): string {
  return createHash('sha256')
    .update(JSON.stringify([namespace, vendor, id]))
    .digest('hex')
    .slice(0, 32);
}

const unfinished = '.new';

export async function openUploadFiles(folder: string): Promise<UploadFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    async write(name, bytes) {
      const file = join(folder, name);
      const handle = await open(file + unfinished, 'w', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(file + unfinished, file);
      // Some systems cannot open a folder; there a rename is as safe as it gets.
      const entries = await open(folder, 'r').catch(() => undefined);
      await entries?.sync().catch(() => undefined);
      await entries?.close();
    },
    async read(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: (name) => rm(join(folder, name), { force: true }),
    async keepOnly(names) {
      for (const name of await readdir(folder)) if (!names.has(name)) await rm(join(folder, name), { force: true });
    },
  };
}
