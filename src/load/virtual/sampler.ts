import type { Phase } from '../../core/task.js';
import type { LoadSample } from '../load-sample.js';

type Of<Type extends LoadSample['type']> = Extract<LoadSample, { type: Type }>;
type Mutable<T> = { -readonly [Key in keyof T]-?: T[Key] | undefined };

const phases: readonly Phase[] = ['queued', 'running', 'succeeded', 'failed'];

const reasons: ReadonlyMap<string, string> = new Map(
  (['submit', 'poll'] as const).flatMap((kind) =>
    [429, 500, 502].map((status): [string, string] => [`${kind}${status}`, `${kind} ${status}`]),
  ),
);

/** Tells samples through one object of each type, filled again each time: whoever gets one must not keep it. */
export function createSampler(onSample: (sample: LoadSample) => void) {
  const start: Mutable<Of<'started'>> = { type: 'started', task: 0, at: 0, duplicate: false };
  const sent = { task: 0, plannedAt: 0, startedAt: 0, finishedAt: 0, status: 200, error: undefined };
  const submit: Mutable<Of<'submit'>> = { type: 'submit', ...sent };
  const poll: Mutable<Of<'poll'>> = { type: 'poll', poll: 0, phase: undefined, wasted: false, ...sent };
  const end: Mutable<Of<'ended'>> = {
    type: 'ended',
    task: 0,
    at: 0,
    outcome: 'live',
    polls: 0,
    plannedAt: 0,
    fate: undefined,
    readyAt: undefined,
  };
  const call: Mutable<Of<'call'>> = { type: 'call', task: 0, at: 0, lost: false, ends: false, error: undefined };

  const tellEnd = (task: number, at: number, plannedAt: number, polls: number) => {
    end.task = task;
    end.at = at;
    end.plannedAt = plannedAt;
    end.polls = polls;
    onSample(end as LoadSample);
  };

  return {
    started(task: number, at: number, duplicate: boolean) {
      start.task = task;
      start.at = at;
      start.duplicate = duplicate;
      onSample(start as LoadSample);
    },
    submit(task: number, at: number, finishedAt: number, status: number) {
      submit.task = task;
      submit.plannedAt = at;
      submit.startedAt = at;
      submit.finishedAt = finishedAt;
      submit.status = status;
      submit.error = status === 200 ? undefined : reasons.get(`submit${status}`);
      onSample(submit as LoadSample);
    },
    /** `phase` below 0 for an answer that tells none. */
    poll(task: number, number: number, at: number, finishedAt: number, status: number, phase: number, wasted: boolean) {
      poll.task = task;
      poll.poll = number;
      poll.plannedAt = at;
      poll.startedAt = at;
      poll.finishedAt = finishedAt;
      poll.status = status;
      poll.error = status === 200 ? undefined : reasons.get(`poll${status}`);
      poll.phase = phases[phase];
      poll.wasted = wasted;
      onSample(poll as LoadSample);
    },
    call(task: number, at: number, lost: boolean, ends: boolean) {
      call.task = task;
      call.at = at;
      call.lost = lost;
      call.ends = ends;
      onSample(call as LoadSample);
    },
    ended(task: number, at: number, plannedAt: number, polls: number, failed: boolean, readyAt: number) {
      end.outcome = failed ? 'failed' : 'succeeded';
      end.fate = undefined;
      end.readyAt = readyAt;
      tellEnd(task, at, plannedAt, polls);
    },
    /** `fails`: the task will not succeed either way. */
    abandoned(task: number, at: number, plannedAt: number, polls: number, fails: boolean) {
      end.outcome = 'abandoned';
      end.fate = fails ? 'failed' : 'succeeded';
      end.readyAt = undefined;
      tellEnd(task, at, plannedAt, polls);
    },
    live(task: number, at: number, plannedAt: number, polls: number) {
      end.outcome = 'live';
      end.fate = undefined;
      end.readyAt = undefined;
      tellEnd(task, at, plannedAt, polls);
    },
  };
}
