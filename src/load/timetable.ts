import { createEventQueue } from './event-queue.js';

/** What is due when. A hundred thousand waiting tasks cost neither timers nor an object each. */
export interface Timetable<T> {
  readonly size: number;
  /** The moment of the earliest entry; infinite when there is none. */
  nextAt(): number;
  add(at: number, entry: T): void;
  /** Takes the earliest entry if its moment has come; of equal moments any, but always the same one. */
  takeDue(now: number): T | undefined;
}

export function createTimetable<T>(): Timetable<T> {
  const queue = createEventQueue();
  // An event is a number: the place of its entry here, and places are used again.
  const entries: (T | undefined)[] = [];
  const free: number[] = [];

  return {
    get size() {
      return queue.size;
    },
    nextAt: queue.nextAt,
    add(at, entry) {
      const place = free.pop() ?? entries.length;
      entries[place] = entry;
      queue.add(at, place);
    },
    takeDue(now) {
      if (queue.nextAt() > now) return undefined;
      const place = queue.take();
      const entry = entries[place];
      entries[place] = undefined;
      free.push(place);
      return entry;
    },
  };
}
