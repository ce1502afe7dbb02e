import { nextWait, type PollingPolicy } from '../core/polling.js';
import type { LoadTask } from './load-task.js';
import type { LoadReading } from './read-load-answer.js';
import type { WaitDraws } from './wait-draws.js';

export interface NextPollOptions {
  readonly policy: PollingPolicy;
  /** Milliseconds that the vendor advises between two polls. */
  readonly adviceMs?: number | undefined;
  /** Chance for the policy. */
  readonly drawWait: WaitDraws;
}

/**
 * What a request was late by is made up for in the wait after it, so that one pause of this process does not come back
 * as a rush of polls in every later interval; only so much of the wait, since no client asks at once.
 */
const MADE_UP_SHARE = 0.5;

/**
 * Gives the moment of a task's next poll, by what its last answer says. `lateMs` is what this process was late by when it
 * sent the request; where the vendor says how long to wait, that is waited in full.
 */
export function createNextPoll({ policy, adviceMs, drawWait }: NextPollOptions) {
  return (task: LoadTask, now: number, lateMs: number, { etaMs, waitMs }: LoadReading): number => {
    task.etaMs = etaMs ?? task.etaMs;
    const { previousMs } = task;
    const wait = nextWait(policy, task.polls + 1, {
      chance: drawWait(task.number, task.polls),
      elapsedMs: now - task.plannedAt,
      ...(previousMs === undefined ? undefined : { previousMs }),
      ...(task.etaMs === undefined ? undefined : { etaMs: task.etaMs }),
      ...(adviceMs === undefined ? undefined : { adviceMs }),
      ...(waitMs === undefined ? undefined : { retryAfterMs: waitMs }),
    });
    task.previousMs = wait.policyMs;
    const madeUpMs = waitMs === undefined ? Math.min(lateMs, wait.ms * MADE_UP_SHARE) : 0;
    return now + wait.ms - madeUpMs;
  };
}
