import type { Phase } from '../core/task.js';
import type { LoadSample } from './load-sample.js';

/** What is told of a request, whether an answer came or not. */
export interface SentFacts {
  readonly kind: 'submit' | 'poll';
  readonly task: number;
  /** Number of the poll of its task, from 1. */
  readonly poll: number;
  readonly plannedAt: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly phase: Phase | undefined;
  readonly wasted: boolean;
}

type Draft = {
  -readonly [Name in keyof Extract<LoadSample, { type: 'poll' }>]: Extract<LoadSample, { type: 'poll' }>[Name];
};

/** The sample of one request; built without spreading, because there are ten thousand a second. */
export function sentSample(facts: SentFacts): LoadSample {
  const { kind, task, poll, plannedAt, startedAt, finishedAt, status, error, phase, wasted } = facts;
  const sample = (
    kind === 'poll'
      ? { type: 'poll', task, poll, plannedAt, startedAt, finishedAt, wasted }
      : { type: 'submit', task, plannedAt, startedAt, finishedAt }
  ) as Draft;
  if (status !== undefined) sample.status = status;
  if (error !== undefined) sample.error = error;
  if (kind === 'poll' && phase !== undefined) sample.phase = phase;
  return sample;
}
