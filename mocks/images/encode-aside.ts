import type { Worker } from 'node:worker_threads';
import { encodePicture } from './encode.js';
import type { PictureSpec } from './picture.js';

export interface Job {
  readonly id: number;
  readonly spec: PictureSpec;
}

export interface JobDone {
  readonly id: number;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly error?: string;
}

type Encode = (spec: PictureSpec) => Promise<Uint8Array<ArrayBuffer>>;

interface Pending {
  readonly spec: PictureSpec;
  resolve(bytes: Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>): void;
  reject(error: Error): void;
}

/**
 * Makes pictures on a thread of their own, because painting one takes tens of milliseconds in which nothing else would
 * be answered. The thread is started with the first picture and keeps no process alive that has nothing to wait for.
 * Where it cannot be started, pictures are made here.
 */
export function createAsideEncoder(workerFile: URL): Encode {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let starting: Promise<Worker | undefined> | undefined;

  const start = async (): Promise<Worker | undefined> => {
    try {
      const threads = await import('node:worker_threads');
      const worker = new threads.Worker(workerFile);
      worker.on('message', ({ id, bytes, error }: JobDone) => {
        const job = pending.get(id);
        pending.delete(id);
        if (pending.size === 0) worker.unref();
        if (bytes === undefined) job?.reject(new Error(error));
        else job?.resolve(bytes);
      });
      worker.on('error', () => {
        starting = Promise.resolve(undefined);
        for (const [id, { spec, resolve }] of pending) {
          pending.delete(id);
          resolve(encodePicture(spec));
        }
      });
      return worker;
    } catch {
      return undefined;
    }
  };

  return async (spec) => {
    starting ??= start();
    const worker = await starting;
    if (worker === undefined) return encodePicture(spec);
    return new Promise((resolve, reject) => {
      const id = nextId;
      nextId += 1;
      pending.set(id, { spec, resolve, reject });
      worker.ref();
      worker.postMessage({ id, spec } satisfies Job);
    });
  };
}

/** Only a build has a file that a thread can load; the sources are run by loaders that threads do not know. */
export const encodeAside: Encode = import.meta.url.endsWith('.js')
  ? createAsideEncoder(new URL('encode-worker.js', import.meta.url))
  : encodePicture;
