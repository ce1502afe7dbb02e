import type { PollingPolicy } from './policy.js';
import { definePolicy } from './policy-kind.js';

/** The same wait before each poll. */
export function fixed(intervalMs: number): PollingPolicy {
  return { name: `fixed:${intervalMs}ms`, delayMs: () => intervalMs };
}

export const fixedKind = definePolicy({
  id: 'fixed',
  example: '250ms',
  says: 'the same wait before each poll',
  params: [{ type: 'wait', name: 'the interval' }],
  build: ([interval]) => fixed(interval),
});
