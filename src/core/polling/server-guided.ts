import { parseDuration } from '../duration.js';
import { UsageError } from '../errors.js';
import type { PollingPolicy } from './policy.js';
import type { PolicyKind } from './policy-kind.js';

/** Where a vendor gives no advice. */
const USUAL_MS = 5000;

/**
 * Asks when the server wants to be asked: its `Retry-After` wins, as it does over every policy, and between such answers
 * the interval is the one that the vendor advises, or a given one where it advises none.
 */
export function serverGuided(withoutAdviceMs?: number): PollingPolicy {
  return {
    name: withoutAdviceMs === undefined ? 'server-guided' : `server-guided:${withoutAdviceMs}ms`,
    delayMs: (_, { adviceMs = withoutAdviceMs ?? USUAL_MS } = {}) => adviceMs,
  };
}

export const serverGuidedKind: PolicyKind = {
  id: 'server-guided',
  example: '5s',
  says: 'as Retry-After or else the vendor’s advice says; this interval where it gives none',
  params: [{ type: 'wait', name: 'the interval without advice' }],
  build: ([interval]) => serverGuided(interval),
  read(parameters) {
    if (parameters === undefined) return serverGuided();
    const ms = parseDuration(parameters, 'The interval without advice of the policy server-guided');
    if (ms < 1) throw new UsageError('The interval without advice of the policy server-guided must be at least 1ms');
    return serverGuided(ms);
  },
};
