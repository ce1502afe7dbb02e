import type { Snapshot } from '../lifecycle/observe.js';
import type { StoredTask } from '../store.js';

/** The text of a task's last answer, and all that it depends on. */
export interface LastAnswer {
  readonly plan: StoredTask['plan'];
  readonly snapshot: Snapshot;
  readonly origin: string;
  readonly text: string;
}

/**
 * The text of a task's answer, taken from the last one while it would be the same: most polls see nothing new. It stands
 * with the task, so that it is looked for nowhere and goes when the task is packed away.
 */
export function answerOnce(stored: StoredTask, snapshot: Snapshot, origin: string, render: () => string): string {
  const { plan, lastAnswer } = stored;
  if (
    lastAnswer !== undefined &&
    lastAnswer.plan === plan &&
    lastAnswer.snapshot.phase === snapshot.phase &&
    lastAnswer.snapshot.progress === snapshot.progress &&
    lastAnswer.origin === origin
  )
    return lastAnswer.text;
  const text = render();
  stored.lastAnswer = { plan, snapshot, origin, text };
  return text;
}
