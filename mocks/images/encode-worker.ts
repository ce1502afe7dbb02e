/** The thread on which pictures are made: specs come in, files go out. Started by `encode-aside.ts`. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';
import { encodePicture } from './encode.js';
import type { Job, JobDone } from './encode-aside.js';
import { zlibStream } from './zlib-stream.js';

// Answers come first where there is no core to spare. Only there is this about the thread and not about the process.
if (process.platform === 'linux') setPriority(10);

parentPort?.on('message', ({ id, spec }: Job) => {
  const tell = (done: JobDone, moved: ArrayBuffer[] = []) => parentPort?.postMessage(done, moved);
  // Compressed here as well: the threads of the pool would compete with the one that answers.
  encodePicture(spec, (pieces) => zlibStream(pieces, deflateRawSync)).then(
    (bytes) => tell({ id, bytes }, [bytes.buffer]),
    (error: unknown) => tell({ id, error: String(error) }),
  );
});
