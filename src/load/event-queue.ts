/** What happens when, in virtual time: a heap over typed arrays, without an object per event. */
export interface EventQueue {
  readonly size: number;
  /** Moment of the earliest event; infinite when there is none. */
  nextAt(): number;
  /** `what` is a whole number from 0 to 2^53, for the caller to read. */
  add(at: number, what: number): void;
  /** Takes the earliest event and answers its `what`; only where there is one. */
  take(): number;
}

/** Four children a node: flatter than two, and the four stand in one line of the cache. */
const ARITY_BITS = 2;
const FIRST_CAPACITY = 1024;

function grown(before: Float64Array): Float64Array {
  const after = new Float64Array(before.length * 2);
  after.set(before);
  return after;
}

export function createEventQueue(): EventQueue {
  let moments: Float64Array = new Float64Array(FIRST_CAPACITY);
  let whats: Float64Array = new Float64Array(FIRST_CAPACITY);
  let size = 0;
  return {
    get size() {
      return size;
    },
    nextAt: () => (size === 0 ? Number.POSITIVE_INFINITY : (moments[0] as number)),
    add(at, what) {
      if (size === moments.length) {
        moments = grown(moments);
        whats = grown(whats);
      }
      let index = size;
      size += 1;
      while (index > 0) {
        const parent = (index - 1) >> ARITY_BITS;
        const above = moments[parent] as number;
        if (above <= at) break;
        moments[index] = above;
        whats[index] = whats[parent] as number;
        index = parent;
      }
      moments[index] = at;
      whats[index] = what;
    },
    take() {
      const first = whats[0] as number;
      size -= 1;
      const at = moments[size] as number;
      const what = whats[size] as number;
      let index = 0;
      for (;;) {
        let child = (index << ARITY_BITS) + 1;
        if (child >= size) break;
        let least = moments[child] as number;
        const last = child + 4 < size ? child + 4 : size;
        for (let other = child + 1; other < last; other += 1) {
          const moment = moments[other] as number;
          if (moment < least) {
            least = moment;
            child = other;
          }
        }
        if (least >= at) break;
        moments[index] = least;
        whats[index] = whats[child] as number;
        index = child;
      }
      moments[index] = at;
      whats[index] = what;
      return first;
    },
  };
}
