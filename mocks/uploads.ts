/** A file that a client has left with the mock, to be named in later requests. */
export interface Upload {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Media type as the bytes themselves say it. */
  readonly type: string;
  /** Key of the account that left it. */
  readonly accountKey: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Unix milliseconds at which it is gone. */
  readonly expiresAt: number;
}

export interface UploadStore {
  get(id: string): Upload | undefined;
  /** Takes a file in; answers the ids of those that had to go for it. */
  add(upload: Upload): string[];
  /** In the order of arrival. */
  all(): Iterable<Upload>;
}

/** Keeps so many bytes; the oldest files go first. A mock is not a disk. */
const mostUploadBytes = 256 * 1024 * 1024;

export function createUploads(mostBytes = mostUploadBytes): UploadStore {
  const files = new Map<string, Upload>();
  let size = 0;
  return {
    get: (id) => files.get(id),
    add(upload) {
      const { id, bytes } = upload;
      size += bytes.byteLength - (files.get(id)?.bytes.byteLength ?? 0);
      files.delete(id);
      files.set(id, upload);
      const gone: string[] = [];
      for (const [oldest, { bytes: old }] of files) {
        if (size <= mostBytes || oldest === id) break;
        files.delete(oldest);
        gone.push(oldest);
        size -= old.byteLength;
      }
      return gone;
    },
    all: () => files.values(),
  };
}
