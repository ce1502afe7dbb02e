/** Where an example sends its requests: to BASE_URL where it is given, else to a mock of its own. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from 'proofsheet/mock';

export interface Target {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/**
 * The mock's own test key is used on loopback. With BASE_URL, `PROOFSHEET_<VENDOR>_API_KEY` holds the key, and pictures
 * cost what they cost.
 */
export async function openTarget(vendor: string): Promise<Target> {
  const given = process.env['BASE_URL'];
  if (given !== undefined) return { baseUrl: given, close: async () => undefined };
  const mock = await startMock({ vendors: [vendor], speed: 20 });
  return { baseUrl: mock.vendors[vendor] ?? '', close: mock.close };
}

/** Writes a file into a temporary folder and gives its path. */
export async function save(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'proofsheet-')), name);
  await writeFile(path, bytes);
  return path;
}
