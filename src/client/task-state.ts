import type { TaskError, TaskResult } from '../core/task.js';

/** What an answer tells of a task in any phase. */
export interface TaskFacts {
  /** Absent where the vendor's answer does not repeat it and nobody else knows it. */
  readonly taskId?: string;
  /** The vendor's own status word. */
  readonly statusWord: string;
  /** 0 to 100, where the vendor tells. */
  readonly progress?: number;
  /** Unix milliseconds, where the vendor tells. */
  readonly createdAt?: number;
  /** Unix milliseconds, where the vendor tells. */
  readonly finishedAt?: number;
  /** Expected whole duration in seconds, where the vendor tells. */
  readonly etaSeconds?: number;
  /** As the vendor tells it, in the vendor's own unit. */
  readonly cost?: { readonly amount: number; readonly unit?: string };
  /** The answer's body as parsed. */
  readonly raw: unknown;
}

/** The task has not ended: there is nothing to read from it yet. */
export interface UnfinishedTask extends TaskFacts {
  readonly phase: 'queued' | 'running';
}

/** The task has ended with images: at least one. */
export interface SucceededTask<Result = TaskResult> extends TaskFacts {
  readonly phase: 'succeeded';
  readonly results: readonly [Result, ...Result[]];
}

/** The task has ended without images. */
export interface FailedTask extends TaskFacts {
  readonly phase: 'failed';
  /** Empty where the vendor gives no reason. */
  readonly error: TaskError;
}

/** Somebody ended the task. */
export interface CancelledTask extends TaskFacts {
  readonly phase: 'cancelled';
  readonly error?: TaskError;
}

/**
 * A task as one answer tells of it. Look at `phase` first: only a succeeded task has `results`, only a failed one is
 * sure to have an `error`.
 */
export type TaskState<Result = TaskResult> = UnfinishedTask | SucceededTask<Result> | FailedTask | CancelledTask;
