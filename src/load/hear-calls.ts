import type { SubmitOperation } from '../contract/contract.js';
import type { Clock } from '../platform/clock.js';
import type { CallDesk, TaskCall } from './call-desk.js';
import type { LoadSample, TaskOutcome } from './load-sample.js';
import type { LoadTask } from './load-task.js';
import { type LoadReading, readPoll, readyAt } from './read-load-answer.js';

export interface HearCallsOptions {
  readonly calls: Pick<CallDesk, 'listen'>;
  readonly submit: SubmitOperation;
  readonly clock: Clock;
  readonly onSample: (sample: LoadSample) => void;
  readonly finish: (task: LoadTask, at: number, outcome: TaskOutcome, ready?: number) => void;
  /** Gets what a receiver of samples throws: no call may end the process. */
  readonly fault: (error: unknown) => void;
}

/** Knows the live tasks by the numbers that calls name them by. */
export interface CalledTasks {
  add(task: LoadTask): void;
  remove(task: LoadTask): void;
  /** Hears no more calls. */
  close(): void;
}

/** Ends a task when the target calls to tell of its end: the same answer as a poll's, only nobody asked. */
export function hearCalls({ calls, submit, clock, onSample, finish, fault }: HearCallsOptions): CalledTasks {
  const tasks = new Map<number, LoadTask>();
  let over = false;
  const hear = ({ task: number, answer, lost }: TaskCall) => {
    const at = clock.now();
    const told = { type: 'call', task: number, at } as const;
    if (lost) return onSample({ ...told, lost });
    const { outcome, error }: LoadReading = readPoll(submit, answer, at);
    const task = tasks.get(number);
    // A call that cannot be read says nothing: the polls beneath will find out.
    const ends = task !== undefined && outcome !== undefined && outcome !== 'abandoned';
    if (ends) finish(task, at, outcome, readyAt(answer));
    onSample({ ...told, ends, ...(error === undefined ? {} : { error: error.replace(/^poll/, 'call') }) });
  };
  calls.listen((call) => {
    if (over) return;
    try {
      hear(call);
    } catch (error) {
      fault(error);
    }
  });
  return {
    add: (task) => void tasks.set(task.number, task),
    remove: (task) => void tasks.delete(task.number),
    close: () => {
      over = true;
    },
  };
}
