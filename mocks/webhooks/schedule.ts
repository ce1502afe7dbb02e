import type { CallbackRules } from '../../src/contract/callback-rules.js';
import { parseDuration } from '../../src/core/duration.js';
import type { Plan } from '../lifecycle/plan.js';
import type { OddityId } from './oddity.js';

/** By how much a late call is late and how long one that waits for its successor waits, at speed 1. */
export const longDelayMs = 60_000;

const usualTimeoutMs = 10_000;
const usualEvents = ['succeeded', 'failed', 'cancelled'] as const;

/** A vendor's rules as numbers, with everything filled in. */
export interface Schedule {
  readonly events: readonly string[];
  readonly timeoutMs: number;
  readonly retriesMs: readonly number[];
  /** Whether an answer ends the delivery, received or not. */
  isFinal(status: number): boolean;
}

export function scheduleOf(rules: CallbackRules, speed: number): Schedule {
  const final = rules.final ?? ['2xx'];
  return {
    events: rules.events ?? usualEvents,
    // The receiver is real, so the time that it is given is not hurried.
    timeoutMs: rules.timeout === undefined ? usualTimeoutMs : parseDuration(rules.timeout),
    retriesMs: (rules.retries ?? []).map((text) => parseDuration(text) / speed),
    isFinal: (status) => final.some((kind) => Math.floor(status / 100) === Number(kind.charAt(0))),
  };
}

/** When the first attempt is made. */
export function firstDue(plan: Plan, speed: number, odd: ReadonlySet<OddityId>): number {
  if (odd.has('early')) return plan.createdAt + (plan.endedAt - plan.createdAt) / 2;
  return odd.has('late') ? plan.endedAt + longDelayMs / speed : plan.endedAt;
}
