import type { BaselineComparison, Finding } from '../core/check-report.js';
import { severities } from '../core/facts.js';

/** `1 task`, `12,000 tasks`. */
export function counted(count: number, noun: string): string {
  return `${wholeNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** With a comma between thousands, the same on every machine. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A figure with as many decimals as a reader can use: `0.42`, `8.1`, `1,204`. */
export function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** With enough decimals to stand next to a limit that it just met or missed. */
export function exactly(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

export function percent(part: number, whole: number): string {
  return whole > 0 ? `${figure((part / whole) * 100)}%` : '-';
}

/** `1 error, 2 warnings`, without what is zero; empty when nothing was found. */
export function severityCounts(counts: Readonly<Record<(typeof severities)[number], number>>): string {
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => counted(counts[severity], severity))
    .join(', ');
}

/** Gravest first, otherwise in the order in which they were found. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** Milliseconds between two ISO instants; 0 where one cannot be read. */
export function elapsedMs(startedAt: string, finishedAt: string): number {
  const elapsed = Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isFinite(elapsed) ? Math.max(0, elapsed) : 0;
}

/** What became of the findings of an earlier report: `since 2026-03-01T10:00:00.000Z: 1 new, 3 known, 2 gone`. */
export function baselineWords({ startedAt, new: fresh, known, gone, notJudged }: BaselineComparison): string {
  const at = new Date(startedAt);
  const since = Number.isNaN(at.getTime()) ? 'since the baseline' : `since ${at.toISOString()}`;
  const silent = notJudged > 0 ? `, ${notJudged} not judged this time` : '';
  return `${since}: ${fresh} new, ${known} known, ${gone.length} gone${silent}`;
}
