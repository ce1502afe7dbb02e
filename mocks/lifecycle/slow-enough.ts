import type { Plan } from './plan.js';

/** Long enough, at any speed, that someone who polls sees several states of the task. */
const longest = 2_500;

/** A plan that runs at least that many milliseconds, for faults that only show between two polls. */
export function slowEnough(plan: Plan): Plan {
  return { ...plan, endedAt: Math.max(plan.endedAt, plan.startedAt + longest) };
}
