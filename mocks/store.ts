import type { Json } from '../src/core/pointer.js';
import type { Reach } from '../src/platform/address-reach.js';
import type { Account } from './accounts.js';
import type { EffectiveRequest } from './admission/effective-request.js';
import type { Plan } from './lifecycle/plan.js';
import type { LastAnswer } from './replies/answer-memo.js';
import { createTaskPages, type Packable } from './task-pages.js';

/** One task: what was asked and what was planned. Its state is worked out from the plan and the time when asked. */
export interface StoredTask {
  readonly id: string;
  readonly account: Account;
  /** Worked out when it is asked for, so a copy of a task has to name it. */
  readonly request: EffectiveRequest;
  readonly plan: Plan;
  /** operationId of the submit. */
  readonly operation: string;
  /** The outcome that a header asked for, which is part of what makes requests equal. */
  readonly preferred?: string;
  /** Who is told when it ends. */
  readonly callback?: StoredCallback;
  /** What a poll was told last, for the next one. */
  lastAnswer?: LastAnswer | undefined;
}

interface StoredCallback {
  readonly url: string;
  readonly reach: Reach;
  /** What result URLs start with. */
  readonly origin: string;
}

export interface TaskStore {
  get(id: string): StoredTask | undefined;
  has(id: string): boolean;
  /**
   * Takes a task in, or puts it in the place of the one with its id. With the text of the `received` body it is a new
   * one whose request is what that text means by the contract, so that the request need not be kept in full.
   */
  add(task: StoredTask, received?: string): void;
  delete(id: string): void;
  /** In the order of submits. */
  all(): Iterable<StoredTask>;
  readonly size: number;
}

/** What a received body means to an operation. */
export type Derive = (operation: string, received: Json) => EffectiveRequest;

/** The youngest tasks are the ones that are polled; they stay as they are until this many came after them. */
const mostYoung = 512;
const packedAtOnce = 256;

/** Places for tasks that were unpacked, by row. */
const mostUnpacked = 4096;

/**
 * Tasks by id. The older ones are kept packed in pages: a task takes some kilobytes as objects, and a tenth of that as
 * numbers and its body. A packed task that is asked for is made anew, and kept when it is asked for again soon: where a
 * million are asked for in turn, keeping each would only make work for the collector of garbage.
 */
export function createTaskStore(derive: Derive): TaskStore {
  const tasks = new Map<string, StoredTask | number>();
  const pages = createTaskPages(derive);
  const unpacked: (StoredTask | undefined)[] = new Array(mostUnpacked);
  /** Which row each place was asked for last. */
  const askedLast = new Float64Array(mostUnpacked).fill(-1);
  let young: Packable[] = [];
  let wasChanged = false;

  const packOldest = () => {
    const due = young.slice(0, packedAtOnce);
    young = young.slice(packedAtOnce);
    // Those that were taken out or replaced meanwhile are no longer the young ones that they were.
    const still = wasChanged ? due.filter(({ task }) => tasks.get(task.id) === task) : due;
    for (const [id, row] of pages.pack(still)) tasks.set(id, row);
  };

  const at = (id: string, held: StoredTask | number): StoredTask => {
    if (typeof held !== 'number') return held;
    const place = held % mostUnpacked;
    const isAgain = askedLast[place] === held;
    const known = isAgain ? unpacked[place] : undefined;
    if (known !== undefined) return known;
    const task = pages.unpack(id, held);
    askedLast[place] = held;
    unpacked[place] = isAgain ? task : undefined;
    return task;
  };

  const forget = (id: string) => {
    const held = tasks.get(id);
    wasChanged ||= held !== undefined;
    if (typeof held !== 'number') return;
    pages.release(held);
    const place = held % mostUnpacked;
    if (askedLast[place] !== held) return;
    askedLast[place] = -1;
    unpacked[place] = undefined;
  };

  return {
    get(id) {
      const held = tasks.get(id);
      return held === undefined ? undefined : at(id, held);
    },
    has: (id) => tasks.has(id),
    add(task, received) {
      if (received === undefined) forget(task.id);
      tasks.set(task.id, task);
      if (received === undefined) return;
      young.push({ task, received });
      if (young.length >= mostYoung) packOldest();
    },
    delete(id) {
      forget(id);
      tasks.delete(id);
    },
    *all() {
      for (const [id, held] of tasks) yield at(id, held);
    },
    get size() {
      return tasks.size;
    },
  };
}
