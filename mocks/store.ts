import type { Reach } from '../src/platform/address-reach.js';
import type { Account } from './accounts.js';
import type { EffectiveRequest } from './admission/effective-request.js';
import type { Plan } from './lifecycle/plan.js';

/** One task: what was asked and what was planned. Its state is worked out from the plan and the time when asked. */
export interface StoredTask {
  readonly id: string;
  readonly account: Account;
  readonly request: EffectiveRequest;
  readonly plan: Plan;
  /** operationId of the submit. */
  readonly operation: string;
  /** Who is told when it ends. */
  readonly callback?: StoredCallback;
}

interface StoredCallback {
  readonly url: string;
  readonly reach: Reach;
  /** What result URLs start with. */
  readonly origin: string;
}

export interface TaskStore {
  get(id: string): StoredTask | undefined;
  has(id: string): boolean;
  /** Takes a task in, or puts it in the place of the one with its id. */
  add(task: StoredTask): void;
  delete(id: string): void;
  /** In the order of submits. */
  all(): Iterable<StoredTask>;
  readonly size: number;
}

export function createTaskStore(): TaskStore {
  const tasks = new Map<string, StoredTask>();
  return {
    get: (id) => tasks.get(id),
    has: (id) => tasks.has(id),
    add: (task) => void tasks.set(task.id, task),
    delete: (id) => void tasks.delete(id),
    all: () => tasks.values(),
    get size() {
      return tasks.size;
    },
  };
}
