import type { CallbackReceiver } from '../platform/callback-receiver.js';
import type { LoadAnswer } from '../platform/http-pool.js';

/** A call of the target about one task of the run. */
export interface TaskCall {
  /** Number of the task in the run. */
  readonly task: number;
  /** What it tells, as an answer to a poll would. */
  readonly answer: LoadAnswer;
  /** To be treated as if it had never come. */
  readonly lost: boolean;
}

/** Hands out an address for each task, and tells who was called. */
export interface CallDesk {
  readonly urlOf: (task: number) => string;
  /** There is one listener. */
  listen(listener: (call: TaskCall) => void): void;
  /** Calls that still come are answered 404. */
  close(): void;
}

export interface CallDeskOptions {
  readonly receiver: CallbackReceiver;
  /** Makes the addresses this run's own: calls for an earlier run on the same port must not end its tasks. */
  readonly token: string;
  /** Whether the call about a task is lost on the way. */
  readonly isLost?: (task: number) => boolean;
}

export function createCallDesk({ receiver, token, isLost = () => false }: CallDeskOptions): CallDesk {
  const decoder = new TextDecoder();
  return {
    urlOf: (task) => `${receiver.url}/${token}/${task}`,
    listen(listener) {
      receiver.listen(({ path, headers, body }) => {
        // A vendor may add to the path of an address, and a tunnel put something before it.
        const parts = path.split(/[/?]/);
        const task = Number(parts[parts.indexOf(token) + 1] ?? Number.NaN);
        if (!parts.includes(token) || !Number.isInteger(task)) return 404;
        listener({ task, answer: { status: 200, headers, body: decoder.decode(body) }, lost: isLost(task) });
        // A lost call is not told as such, or the vendor would try again.
        return 200;
      });
    },
    close: () => receiver.listen(() => 404),
  };
}
