/** Polling policies as pure values: how long to wait before the k-th poll (k starts at 1). */
export interface PollingPolicy {
  readonly name: string;
  /** Milliseconds to wait before poll number `attempt`. */
  delayMs(attempt: number): number;
}

/** The same wait before each poll. */
export function fixed(intervalMs: number): PollingPolicy {
  return { name: `fixed:${intervalMs}ms`, delayMs: () => intervalMs };
}

/** A wait that grows by a factor up to a cap. */
export function exponential(firstMs: number, factor: number, capMs: number): PollingPolicy {
  return {
    name: `exponential:${firstMs}ms,${factor},${capMs}ms`,
    delayMs: (attempt) => Math.min(capMs, firstMs * factor ** Math.max(0, attempt - 1)),
  };
}

/**
 * How to poll where the caller does not say: the vendor's advice (5 s where it gives none); on loopback quickly, since a
 * mock can be asked as often as one likes.
 */
export function advisedPolicy(loopback: boolean, advisedMinimumMs = 5000): PollingPolicy {
  return loopback ? exponential(50, 1.5, 500) : fixed(advisedMinimumMs);
}

/** Milliseconds that a `Retry-After` header asks for (seconds or an HTTP date); undefined where it says nothing. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Date.parse takes many other texts for dates, bare numbers among them; an HTTP date starts with a weekday.
  const moment = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - nowMs);
}
