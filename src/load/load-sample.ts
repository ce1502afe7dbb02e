import type { Phase } from '../core/task.js';

/** How a task of the run ended; `live` when the run ended first. */
export type TaskOutcome = 'succeeded' | 'failed' | 'cancelled' | 'abandoned' | 'live';

interface Sent {
  /** Number of the task in the run, from 1. */
  readonly task: number;
  /** When it should have been sent; latencies count from here. Unix milliseconds, as all moments. */
  readonly plannedAt: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** HTTP status; absent where no answer came. */
  readonly status?: number | undefined;
  /** A short reason, where the request or its answer was of no use. */
  readonly error?: string | undefined;
}

/** One thing that happened in a run. */
export type LoadSample =
  | {
      readonly type: 'started';
      readonly task: number;
      readonly at: number;
      /** The same work was submitted before: somebody gave up on it and asked again. */
      readonly duplicate?: boolean;
    }
  | ({ readonly type: 'submit' } & Sent)
  | ({
      readonly type: 'poll';
      /** Number of the poll of its task, from 1. */
      readonly poll: number;
      readonly phase?: Phase | undefined;
      /** The phase is that of the task's previous answer. */
      readonly wasted: boolean;
    } & Sent)
  | {
      readonly type: 'ended';
      readonly task: number;
      readonly at: number;
      readonly outcome: TaskOutcome;
      readonly polls: number;
      /** When the task should have been submitted. */
      readonly plannedAt: number;
      /** How a task that nobody waits for any more is going to end, where that is known. */
      readonly fate?: 'succeeded' | 'failed';
      /** When the target says that the task was ready, if it says so. */
      readonly readyAt?: number;
    }
  | {
      /** The target called to tell of a task. */
      readonly type: 'call';
      readonly task: number;
      readonly at: number;
      /** The task was seen to end by it, not by a poll. */
      readonly ends?: boolean;
      /** It was lost on the way, as the run was told to lose it: nobody learns from it. */
      readonly lost?: boolean;
      /** A short reason, where the call was of no use. */
      readonly error?: string;
    };

/** A request is late when it leaves more than this many milliseconds behind its plan. */
export const LATE_MS = 10;
