import type { Arrivals } from '../arrivals.js';
import type { DriveOptions } from '../driver.js';

/** Which part of a run one of several workers drives: each takes every `of`-th task, the first begins with task 1. */
export interface Share {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** As many as one driver has open at most, all workers together. */
const CONNECTIONS = 1024;

export function connectionsOf({ of }: Share): number {
  return Math.floor(CONNECTIONS / of);
}

function* everyNth(moments: Iterator<number, unknown>, { index, of }: Share): Generator<number> {
  for (let task = 0; ; task += 1) {
    const { value, done } = moments.next();
    if (done === true) return;
    if (task % of === index) yield Number(value);
  }
}

type Shared = Pick<DriveOptions, 'arrivals' | 'maxTasks' | 'body' | 'drawWait'>;

/**
 * The part of a plan that one worker drives. The driver counts the worker's own tasks; what is drawn for a task and what
 * is sent for it goes by its number in the whole run, so that all workers do together what one would.
 */
export function shareOf<Plan extends Shared>(plan: Plan, share: Share): Plan {
  const { index, of } = share;
  const numberOf = (own: number) => (own - 1) * of + index + 1;
  return {
    ...plan,
    arrivals: everyNth(plan.arrivals, share),
    maxTasks: Math.max(0, Math.ceil((plan.maxTasks - index) / of)),
    body: (own) => plan.body(numberOf(own)),
    drawWait: (own, polls) => plan.drawWait(numberOf(own), polls),
  };
}

/** Arrivals that are a list of moments: those of a file, which another thread might find changed. */
export function arrivalsAt(moments: Float64Array): Arrivals {
  return { kind: 'list', name: 'list', finite: true, offsets: () => moments.values() };
}
