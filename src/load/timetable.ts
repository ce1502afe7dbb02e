/** What is due when: a binary heap, so that a hundred thousand waiting tasks cost neither timers nor sorting. */
export interface Timetable<T> {
  readonly size: number;
  /** The moment of the earliest entry; undefined when there is none. */
  nextAt(): number | undefined;
  add(at: number, entry: T): void;
  /** Takes the earliest entry if its moment has come; equal moments come in the order of adding. */
  takeDue(now: number): { readonly at: number; readonly entry: T } | undefined;
}

interface Slot<T> {
  readonly at: number;
  readonly order: number;
  readonly entry: T;
}

function isBefore<T>(one: Slot<T>, other: Slot<T>): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

export function createTimetable<T>(): Timetable<T> {
  const heap: Slot<T>[] = [];
  let order = 0;

  const siftUp = (slot: Slot<T>, from: number) => {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(slot, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = slot;
  };

  const siftDown = (slot: Slot<T>) => {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let below = heap[child];
      const right = heap[child + 1];
      if (below !== undefined && right !== undefined && isBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (below === undefined || !isBefore(below, slot)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = slot;
  };

  return {
    get size() {
      return heap.length;
    },
    nextAt: () => heap[0]?.at,
    add(at, entry) {
      siftUp({ at, order: order++, entry }, heap.length);
    },
    takeDue(now) {
      const first = heap[0];
      if (first === undefined || first.at > now) return undefined;
      const last = heap.pop();
      if (last !== undefined && last !== first) siftDown(last);
      return first;
    },
  };
}
