/** A file that a client has left with the mock, to be named in later requests. */
export interface Upload {
  readonly bytes: Uint8Array;
  /** Media type as the bytes themselves say it. */
  readonly type: string;
  /** Unix milliseconds at which it is gone. */
  readonly expiresAt: number;
}

export interface UploadStore {
  get(id: string): Upload | undefined;
  add(id: string, upload: Upload): void;
}

/** Keeps so many bytes; the oldest files go first. A mock is not a disk. */
const mostBytes = 256 * 1024 * 1024;

export function createUploads(): UploadStore {
  const files = new Map<string, Upload>();
  let size = 0;
  return {
    get: (id) => files.get(id),
    add(id, upload) {
      size += upload.bytes.byteLength - (files.get(id)?.bytes.byteLength ?? 0);
      files.delete(id);
      files.set(id, upload);
      for (const [oldest, { bytes }] of files) {
        if (size <= mostBytes || oldest === id) break;
        files.delete(oldest);
        size -= bytes.byteLength;
      }
    },
  };
}
