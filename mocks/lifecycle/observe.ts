import type { Phase } from '../../src/core/task.js';
import type { Plan } from './plan.js';

/** What a task looks like at an instant. */
export interface Snapshot {
  readonly phase: Phase;
  /** Whole percent. */
  readonly progress: number;
}

/** A pure function of plan and time: asking has no effect, and asking twice at one instant gives one answer. */
export function observe(plan: Plan, now: number): Snapshot {
  if (now >= plan.endedAt)
    return plan.outcome === 'succeeded'
      ? { phase: 'succeeded', progress: 100 }
      : { phase: plan.cancelled === true ? 'cancelled' : 'failed', progress: plan.failsAt };
  if (now < plan.startedAt) return { phase: 'queued', progress: 0 };
  const share = (now - plan.startedAt) / (plan.endedAt - plan.startedAt);
  const goal = plan.outcome === 'succeeded' ? 99 : plan.failsAt;
  return { phase: 'running', progress: Math.min(goal, Math.max(1, Math.floor(share * goal))) };
}
