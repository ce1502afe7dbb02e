import { UsageError } from './errors.js';

const units: Record<string, number> = { '': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `250ms`, `5s`, `1m`, `24h`; a bare number is milliseconds. */
export function parseDuration(text: string, what = 'duration'): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text.trim());
  const factor = units[match?.[2] ?? '-'];
  if (match?.[1] === undefined || factor === undefined)
    throw new UsageError(`${what} ${JSON.stringify(text)} is not a duration: write for example 250ms, 5s or 1m`);
  return Number(match[1]) * factor;
}

/** A duration as a person reads it: `87 ms`, `4.2 s`, `1 m 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}
