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
}

export interface TaskStore {
  get(id: string): StoredTask | undefined;
  has(id: string): boolean;
  add(task: StoredTask): void;
  readonly size: number;
}

export function createTaskStore(): TaskStore {
  const tasks = new Map<string, StoredTask>();
  return {
    get: (id) => tasks.get(id),
    has: (id) => tasks.has(id),
    add: (task) => void tasks.set(task.id, task),
    get size() {
      return tasks.size;
    },
  };
}
