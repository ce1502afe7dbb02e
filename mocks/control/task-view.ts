import type { Phase } from '../../src/core/task.js';
import { observe } from '../lifecycle/observe.js';
import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';
import type { Ending } from './change-task.js';

/** A task as the control API tells of it: what a poll would say now, and what is planned. */
export interface ControlTask {
  readonly vendor: string;
  readonly id: string;
  readonly operation: string;
  readonly phase: Phase;
  readonly progress: number;
  readonly createdAt: number;
  readonly startsAt: number;
  /** Absent for a task that never ends. */
  readonly endsAt?: number;
  readonly outcome: Ending;
  readonly prompt: string;
  readonly price: number;
  readonly callback?: string;
}

export function controlTask(mock: VendorMock, stored: StoredTask, now: number): ControlTask {
  const { id, operation, plan, request, callback } = stored;
  return {
    vendor: mock.contract.id,
    id,
    operation,
    ...observe(plan, now),
    createdAt: plan.createdAt,
    startsAt: plan.startedAt,
    ...(Number.isFinite(plan.endedAt) ? { endsAt: plan.endedAt } : {}),
    outcome: plan.cancelled === true ? 'cancelled' : plan.outcome,
    prompt: request.prompt,
    price: plan.price,
    ...(callback === undefined ? {} : { callback: callback.url }),
  };
}
