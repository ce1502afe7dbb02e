import type { BucketLevel } from '../limits/limiter.js';
import type { KeptAnswer } from '../money/idempotency.js';
import type { StoredTask } from '../store.js';
import type { Upload } from '../uploads.js';
import type { VendorMock } from '../vendor-mock.js';

/** Keeps what happens somewhere safe. Each promise resolves when it is safe; it rejects when it is not. */
export interface Recorder {
  /**
   * A new task, or one whose plan was changed. One that is `unanswered` is forgotten again unless its `answer` follows:
   * whoever repeats the submit with the same idempotency key must not find two.
   */
  task(mock: VendorMock, stored: StoredTask, unanswered?: boolean): Promise<void>;
  removed(mock: VendorMock, taskId: string): Promise<void>;
  /** Whoever wanted to be told about a task was told, or never will be. */
  told(mock: VendorMock, taskId: string): Promise<void>;
  /** What a submit with an idempotency key was answered. */
  answer(mock: VendorMock, answer: KeptAnswer): Promise<void>;
  upload(mock: VendorMock, upload: Upload): Promise<void>;
  uploadRemoved(mock: VendorMock, id: string): Promise<void>;
  /** An account was moved beside its tasks. */
  adjusted(mock: VendorMock, accountKey: string, left: number, taken: number): Promise<void>;
  /** How full a bucket of a limit is now. */
  level(mock: VendorMock, level: BucketLevel): Promise<void>;
  /** Everything in a namespace is gone. */
  dropped(namespace: string): Promise<void>;
}
