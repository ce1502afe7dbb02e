import type { EstimateFigures, TaskEstimate } from '../core/check-report.js';
import type { Journey } from './evidence.js';
import { endOf, viewsOf } from './judging.js';

/**
 * How long a task that has succeeded was told to take when it was first told, and how long it took: by its own word where
 * it has one, else from the submit to the poll that saw the end. Undefined where the vendor shows no estimate.
 */
export function estimateOf(journey: Journey): TaskEstimate | undefined {
  const end = endOf(journey);
  const toldSeconds = viewsOf(journey).find(({ view }) => typeof view.etaSeconds === 'number')?.view.etaSeconds;
  if (toldSeconds === undefined || end?.view.phase !== 'succeeded') return undefined;
  const seen = (end.at - journey.submit.exchange.startedAt) / 1000;
  return { toldSeconds, tookSeconds: end.view.elapsedSeconds ?? Math.round(seen * 1000) / 1000 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

/** The estimates of all tasks together; undefined where there were none. */
export function estimateFigures(journeys: readonly Journey[]): EstimateFigures | undefined {
  const all = journeys.flatMap((journey) => estimateOf(journey) ?? []);
  if (all.length === 0) return undefined;
  const off = all.map(({ toldSeconds, tookSeconds }) => Math.abs(tookSeconds - toldSeconds));
  return {
    tasks: all.length,
    toldSeconds: median(all.map(({ toldSeconds }) => toldSeconds)),
    tookSeconds: median(all.map(({ tookSeconds }) => tookSeconds)),
    offSeconds: median(off),
    worstOffSeconds: Math.max(...off),
    tooShort: all.filter(({ toldSeconds, tookSeconds }) => tookSeconds > toldSeconds).length,
  };
}
