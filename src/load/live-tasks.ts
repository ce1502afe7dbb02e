/** Something that can stand in a queue of equal patience. */
export interface Waiting<T> {
  before: T | undefined;
  after: T | undefined;
}

/**
 * What is still running, oldest first. All of it has the same patience, so that the oldest is the next to be given up:
 * a list does for deadlines what would else need a timer, or an entry in a timetable that outlives its task.
 */
export interface LiveTasks<T> extends Iterable<T> {
  readonly size: number;
  readonly oldest: T | undefined;
  add(task: T): void;
  /** False when it is not in the list. */
  remove(task: T): boolean;
  has(task: T): boolean;
}

export function createLiveTasks<T extends Waiting<T>>(): LiveTasks<T> {
  let first: T | undefined;
  let last: T | undefined;
  let size = 0;
  const has = (task: T) => task === first || task.before !== undefined;
  return {
    get size() {
      return size;
    },
    get oldest() {
      return first;
    },
    has,
    add(task) {
      task.before = last;
      if (last === undefined) first = task;
      else last.after = task;
      last = task;
      size += 1;
    },
    remove(task) {
      if (!has(task)) return false;
      const { before, after } = task;
      if (before === undefined) first = after;
      else before.after = after;
      if (after === undefined) last = before;
      else after.before = before;
      task.before = undefined;
      task.after = undefined;
      size -= 1;
      return true;
    },
    *[Symbol.iterator]() {
      for (let task = first; task !== undefined; task = task.after) yield task;
    },
  };
}
