import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';

/** Keeps what happens to tasks somewhere safe. Each promise resolves when it is safe; it rejects when it is not. */
export interface Recorder {
  /** A new task, or one whose plan was changed. */
  task(mock: VendorMock, stored: StoredTask): Promise<void>;
  removed(mock: VendorMock, taskId: string): Promise<void>;
  /** Whoever wanted to be told about a task was told, or never will be. */
  told(mock: VendorMock, taskId: string): Promise<void>;
  /** Everything in a namespace is gone. */
  dropped(namespace: string): Promise<void>;
}
