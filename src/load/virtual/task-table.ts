import type { EventQueue } from '../event-queue.js';

/** Tasks that are under way, a column per property; places of ended tasks are used again. */
export interface TaskTable {
  /** Columns grow with the table: read them afresh, do not keep them. */
  readonly number: Float64Array;
  readonly plannedAt: Float64Array;
  readonly endedAt: Float64Array;
  /** What the policy gave before the last poll; -1 before the first. */
  readonly previousMs: Float64Array;
  readonly polls: Uint32Array;
  /** Of the last answer: 0 queued, 1 running, 2 succeeded, 3 failed. */
  readonly phase: Uint8Array;
  readonly fails: Uint8Array;
  readonly repeated: Uint8Array;
  /** Events of the task that are still to come. */
  readonly pending: Uint8Array;
  begin(
    number: number,
    plannedAt: number,
    startedAt: number,
    endedAt: number,
    fails: boolean,
    repeated: boolean,
  ): number;
  phaseAt(slot: number, now: number): number;
  isOver(slot: number): boolean;
  end(slot: number): void;
  /** Adds an event of the task. */
  expect(slot: number, queue: EventQueue, at: number, what: number): void;
  happened(slot: number): void;
  /** Frees the place of a task that is over and has no more events; to be called when an event has been dealt with. */
  release(slot: number): void;
  forEachOpen(see: (slot: number) => void): void;
}

const FIRST_CAPACITY = 1024;

export function createTaskTable(): TaskTable {
  let capacity = FIRST_CAPACITY;
  let used = 0;
  let free = new Int32Array(capacity);
  let freed = 0;
  let startedAt = new Float64Array(capacity);
  let over = new Uint8Array(capacity);
  const table = {
    number: new Float64Array(capacity),
    plannedAt: new Float64Array(capacity),
    endedAt: new Float64Array(capacity),
    previousMs: new Float64Array(capacity),
    polls: new Uint32Array(capacity),
    phase: new Uint8Array(capacity),
    fails: new Uint8Array(capacity),
    repeated: new Uint8Array(capacity),
    pending: new Uint8Array(capacity),
  };

  const more = <T extends Float64Array | Uint32Array | Int32Array | Uint8Array>(before: T): T => {
    const after = new (before.constructor as new (length: number) => T)(capacity);
    after.set(before);
    return after;
  };

  const grow = () => {
    capacity *= 2;
    free = more(free);
    startedAt = more(startedAt);
    over = more(over);
    table.number = more(table.number);
    table.plannedAt = more(table.plannedAt);
    table.endedAt = more(table.endedAt);
    table.previousMs = more(table.previousMs);
    table.polls = more(table.polls);
    table.phase = more(table.phase);
    table.fails = more(table.fails);
    table.repeated = more(table.repeated);
    table.pending = more(table.pending);
  };

  const phaseAt = (slot: number, now: number) => {
    if (now >= (table.endedAt[slot] as number)) return 2 + (table.fails[slot] as number);
    return now < (startedAt[slot] as number) ? 0 : 1;
  };

  return Object.assign(table, {
    begin(number: number, plannedAt: number, starts: number, endedAt: number, fails: boolean, repeated: boolean) {
      if (freed === 0 && used === capacity) grow();
      const slot = freed > 0 ? (free[--freed] as number) : used++;
      table.number[slot] = number;
      table.plannedAt[slot] = plannedAt;
      startedAt[slot] = starts;
      table.endedAt[slot] = endedAt;
      table.previousMs[slot] = -1;
      table.polls[slot] = 0;
      table.fails[slot] = fails ? 1 : 0;
      table.repeated[slot] = repeated ? 1 : 0;
      table.pending[slot] = 0;
      over[slot] = 0;
      // The answer to the submit says so; a task that is done at once is still called running there.
      table.phase[slot] = plannedAt < starts ? 0 : 1;
      return slot;
    },
    phaseAt,
    isOver: (slot: number) => over[slot] === 1,
    end(slot: number) {
      over[slot] = 1;
    },
    expect(slot: number, queue: EventQueue, at: number, what: number) {
      table.pending[slot] = (table.pending[slot] as number) + 1;
      queue.add(at, what);
    },
    happened(slot: number) {
      table.pending[slot] = (table.pending[slot] as number) - 1;
    },
    release(slot: number) {
      if (over[slot] === 1 && table.pending[slot] === 0) free[freed++] = slot;
    },
    forEachOpen(see: (slot: number) => void) {
      for (let slot = 0; slot < used; slot += 1) if (over[slot] === 0) see(slot);
    },
  });
}
