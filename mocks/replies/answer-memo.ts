import type { Snapshot } from '../lifecycle/observe.js';
import type { StoredTask } from '../store.js';

/** The text of a task's last answer, kept while it would be the same: most polls see nothing new. */
export interface AnswerMemo {
  text(stored: StoredTask, snapshot: Snapshot, origin: string, render: () => string): string;
}

interface Kept {
  readonly plan: StoredTask['plan'];
  readonly snapshot: Snapshot;
  readonly origin: string;
  readonly text: string;
}

/** Enough for the tasks that are polled at one time; a million that merely live cost nothing here. */
const mostKept = 4096;

export function createAnswerMemo(): AnswerMemo {
  const kept = new Map<string, Kept>();
  return {
    text(stored, snapshot, origin, render) {
      const { id, plan } = stored;
      const before = kept.get(id);
      if (
        before !== undefined &&
        before.plan === plan &&
        before.snapshot.phase === snapshot.phase &&
        before.snapshot.progress === snapshot.progress &&
        before.origin === origin
      )
        return before.text;
      const text = render();
      if (before === undefined && kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
      kept.set(id, { plan, snapshot, origin, text });
      return text;
    },
  };
}
