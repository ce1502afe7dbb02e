/** The thread on which pictures are made: specs come in, files go out. Started by `encode-aside.ts`. */
import { parentPort } from 'node:worker_threads';
import { encodePicture } from './encode.js';
import type { Job, JobDone } from './encode-aside.js';

parentPort?.on('message', ({ id, spec }: Job) => {
  const tell = (done: JobDone, moved: ArrayBuffer[] = []) => parentPort?.postMessage(done, moved);
  encodePicture(spec).then(
    (bytes) => tell({ id, bytes }, [bytes.buffer]),
    (error: unknown) => tell({ id, error: String(error) }),
  );
});
