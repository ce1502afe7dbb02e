import type { Phase } from '../core/task.js';
import type { Waiting } from './live-tasks.js';

/** What the driver remembers of a task while it runs; there may be a hundred thousand of them. */
export interface LoadTask extends Waiting<LoadTask> {
  /** From 1. */
  readonly number: number;
  readonly plannedAt: number;
  /** What asks for it; empty until its id is known. */
  url: string;
  polls: number;
  phase: Phase | undefined;
  /** Refused polls in a row. */
  refusals: number;
  /** What the policy gave before the last poll. */
  previousMs: number | undefined;
  etaMs: number | undefined;
}

export function newLoadTask(number: number, plannedAt: number): LoadTask {
  return {
    before: undefined,
    after: undefined,
    number,
    plannedAt,
    url: '',
    polls: 0,
    phase: undefined,
    refusals: 0,
    previousMs: undefined,
    etaMs: undefined,
  };
}
