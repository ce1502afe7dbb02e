import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root, whatever the working directory. */
export const root = fileURLToPath(new URL('..', import.meta.url));
export const dist = join(root, 'dist');

export function removeBuild(): void {
  rmSync(dist, { recursive: true, force: true });
}
