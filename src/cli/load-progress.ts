import { formatDuration } from '../core/duration.js';
import { isLoopback } from '../core/loopback.js';
import type { LoadCeiling } from '../load/ceiling.js';
import type { LoadEvent } from '../load/run-load.js';
import type { SaturationBounds } from '../load/saturation-bounds.js';
import type { Progress } from './progress.js';

function describePrice(cost: LoadCeiling['cost']): string {
  return cost === undefined
    ? ', at a price that the contract does not tell'
    : `, at most ${cost.amount} ${cost.unit}`.trimEnd();
}

function describeCeiling({ target, tasks, ratePerSecond, durationMs, cost }: LoadCeiling): string {
  const rate = ratePerSecond === undefined ? '' : `, ${ratePerSecond} a second,`;
  return (
    `load on ${target}: at most ${tasks} ${tasks === 1 ? 'task' : 'tasks'}${rate} ` +
    `in ${formatDuration(durationMs)}${describePrice(cost)}`
  );
}

/** Tells what a saturation run may do at most, before anything is sent to another machine. */
export function tellSaturation({ target, requestsPerSecond, connections, durationMs, cost }: SaturationBounds): void {
  if (isLoopback(target)) return;
  process.stderr.write(
    `saturation of ${target}: 1 task, and polls of it over at most ${connections} connections, ` +
      `${requestsPerSecond} a second, in ${formatDuration(durationMs)}${describePrice(cost)}\n`,
  );
}

/** Tells the ceiling before anything is sent to another machine, then where the run stands. */
export function followLoad(progress: Progress): (event: LoadEvent) => void {
  return (event) => {
    if (event.type === 'planned') {
      if (!isLoopback(event.ceiling.target)) process.stderr.write(`${describeCeiling(event.ceiling)}\n`);
      return;
    }
    if (event.type !== 'progress') return;
    const { inFlight, requestsPerSecond, p99Ms, throttled } = event.live;
    const p99 = p99Ms === null ? '-' : `${p99Ms.toFixed(p99Ms < 10 ? 1 : 0)} ms`;
    progress.show(
      `${formatDuration(event.elapsedMs)}  ${event.tasks.started} started, ${inFlight} in flight, ` +
        `${Math.round(requestsPerSecond)} requests/s, p99 ${p99}, ${throttled} times 429`,
    );
  };
}
