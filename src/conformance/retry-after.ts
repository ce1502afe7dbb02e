import type { Sent } from './evidence.js';

const longestMs = 60_000;

/** How long a throttled request was told to wait; undefined where the answer is no 429 or says nothing usable. */
export function retryAfterMs(sent: Sent, nowMs: number): number | undefined {
  const value = sent.exchange.answer?.headers['retry-after'];
  if (sent.status !== 429 || value === undefined) return undefined;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - nowMs;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestMs) : undefined;
}
