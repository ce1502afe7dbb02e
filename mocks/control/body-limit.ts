import { controlRoot } from './route.js';

/** Bytes of a snapshot: about a hundred and fifty thousand tasks, which is as much as is read and checked at once. */
export const mostSnapshotBytes = 128 * 1024 * 1024;

/** Whether a request puts a snapshot back, which may be larger than what a vendor is sent. */
export function restoresSnapshot(method: string, path: string): boolean {
  return method === 'PUT' && path.replace(/\/+$/, '') === `${controlRoot}/snapshot`;
}

/** What is said of a snapshot that is too large, before or after it was taken. */
export const snapshotTooLarge = `A snapshot may have ${mostSnapshotBytes / 1024 / 1024} MiB: reset or drop namespaces in between, or let "mock --state DIR" keep everything`;
