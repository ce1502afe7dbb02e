import type { PollingPolicy } from './policy.js';
import { definePolicy } from './policy-kind.js';

/** The vendor's call is the fast path; a slow poll is the net beneath it, for calls that get lost. */
export function webhook(safetyIntervalMs: number): PollingPolicy {
  return { name: `webhook:${safetyIntervalMs}ms`, callback: true, delayMs: () => safetyIntervalMs };
}

export const webhookKind = definePolicy({
  id: 'webhook',
  example: '60s',
  says: 'waits to be called back, and asks at this slow interval in case the call gets lost',
  params: [{ type: 'wait', name: 'the interval of the safety poll' }],
  build: ([interval]) => webhook(interval),
});
