import type { PollingPolicy } from '../core/polling.js';
import type { Phase } from '../core/task.js';

export interface GenerateOptions {
  /** Ends the wait; the task itself goes on at the vendor. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds from the call until a `DeadlineError`, 10 minutes by default: sending, waiting and asking all count, the
   * download of the images does not.
   */
  readonly timeoutMs?: number;
  /** How long to wait before each poll; by default as the vendor advises. */
  readonly pollPolicy?: PollingPolicy;
  readonly onProgress?: (event: ProgressEvent) => void;
}

/**
 * What happens while a task is waited for, in this order: `sending`, `submitted` (vendors with tasks), any number of
 * `polled` and `retrying`, `finished` (whatever the end; not where the wait itself fails). Moments are Unix milliseconds.
 */
export type ProgressEvent =
  | { /** The request leaves now. */ readonly type: 'sending'; readonly at: number }
  | { readonly type: 'submitted'; readonly at: number; readonly taskId: string }
  | {
      readonly type: 'polled';
      readonly at: number;
      readonly taskId: string;
      /** Counts from 1. */
      readonly poll: number;
      readonly phase: Phase;
      /** The vendor's own status word. */
      readonly statusWord: string;
      /** 0 to 100, where the vendor tells. */
      readonly progress?: number;
      /** Expected whole duration in seconds, where the vendor tells. */
      readonly etaSeconds?: number;
    }
  | {
      readonly type: 'retrying';
      readonly at: number;
      readonly taskId: string;
      readonly poll: number;
      /** `429`, `no answer`, … */
      readonly reason: string;
      /** Milliseconds until the next poll. */
      readonly waitMs: number;
    }
  | {
      readonly type: 'finished';
      readonly at: number;
      /** Absent where the vendor answers at once. */
      readonly taskId?: string;
      readonly phase: 'succeeded' | 'failed' | 'cancelled';
    };
