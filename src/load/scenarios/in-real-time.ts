import { formatDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import type { LoadScenario } from './scenario.js';

const LONGEST_MS = 3_600_000;

/** How long the starts of a scenario take, in milliseconds. */
function plannedMs({ durationMs, tasks = 0, rate }: LoadScenario): number {
  return durationMs ?? (tasks * 1000) / rate;
}

/** Throws a `UsageError` for a scenario that nobody would wait for, unless its length was chosen. */
export function checkLength(scenario: LoadScenario, isChosen: boolean): void {
  const ms = plannedMs(scenario);
  if (isChosen || ms <= LONGEST_MS) return;
  throw new UsageError(
    `The scenario ${scenario.id} takes ${formatDuration(ms)} in real time: give --duration or --tasks for a part of it, ` +
      'or leave out --mock and --base-url to run it in virtual time',
  );
}

/** What of a scenario does not happen in real time, a sentence each. */
export function leftOutInRealTime(
  { server, askAgain }: LoadScenario,
  { ownMock, isCalled }: { readonly ownMock: boolean; readonly isCalled: boolean },
): string[] {
  return [
    ...(ownMock
      ? ['the latency of its server: the wire is that of this machine']
      : ['its server: how the target behaves is its own affair']),
    ...(askAgain === undefined ? [] : ['users who ask again for what they gave up: a submit is never sent twice']),
    ...(server.callbacks === undefined || !ownMock || !isCalled
      ? []
      : ['the delay of calls: the mock calls when a task has ended']),
  ];
}
