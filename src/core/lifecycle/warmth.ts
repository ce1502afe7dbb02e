/** When a task was submitted and when it ends, in milliseconds. */
interface Life {
  readonly createdAt: number;
  readonly endedAt: number;
}

/** Whether a vendor still runs something, or has stood still for so long that it must start first. */
export interface Warmth {
  /**
   * Whether nothing ran for `afterMs` before this moment. What is submitted at one moment finds the same vendor:
   * all of it is cold or none, so that it does not matter which of two concurrent requests is taken in first.
   */
  isCold(now: number, afterMs: number): boolean;
  /** Takes a new task into account. */
  ran(life: Life): void;
  /** Whether it would make a difference if this task had never been. */
  dependsOn(life: Life): boolean;
  /** Starts anew from the tasks that are left. */
  recount(lives: Iterable<Life>): void;
}

export function createWarmth(): Warmth {
  /** When everything ends that was submitted before `since`, and when everything at all ends. */
  let busyBefore = Number.NEGATIVE_INFINITY;
  let busyUntil = Number.NEGATIVE_INFINITY;
  let since = Number.NEGATIVE_INFINITY;

  const ran = ({ createdAt, endedAt }: Life) => {
    if (createdAt > since) {
      since = createdAt;
      busyBefore = busyUntil;
    }
    if (createdAt < since) busyBefore = Math.max(busyBefore, endedAt);
    busyUntil = Math.max(busyUntil, endedAt);
  };

  return {
    isCold: (now, afterMs) => now - (now > since ? busyUntil : busyBefore) >= afterMs,
    ran,
    dependsOn: ({ endedAt }) => endedAt >= busyBefore,
    recount(lives) {
      busyBefore = Number.NEGATIVE_INFINITY;
      busyUntil = Number.NEGATIVE_INFINITY;
      since = Number.NEGATIVE_INFINITY;
      for (const life of lives) ran(life);
    },
  };
}
