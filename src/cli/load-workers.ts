import { extname } from 'node:path';
import { UsageError } from '../core/errors.js';
import type { LoadWorkers } from '../load/workers/crew-of-workers.js';
import type { ShareOrder } from '../load/workers/messages.js';
import { startThread } from '../platform/thread.js';
import type { LoadArguments } from './load.js';
import { hasTarget } from './load-mock.js';

/** What a worker reads as the command line says it, and what it is told of its share. */
export interface WorkerOrder {
  readonly vendor: string;
  /** In the words of `--policy` and `--arrivals`. */
  readonly policy: string | undefined;
  readonly arrivals: string;
  readonly share: ShareOrder;
}

/** Threads for a load, or nothing where one is enough. */
export function workersFor(count: number, words: Omit<WorkerOrder, 'share'>): { readonly workers?: LoadWorkers } {
  if (count === 1) return {};
  // As this file is run: from the build, or from its source.
  const file = new URL(`load-worker${extname(import.meta.url)}`, import.meta.url);
  return { workers: { count, start: (share) => startThread(file, { ...words, share } satisfies WorkerOrder) } };
}

/** Throws a `UsageError` that says why, for what several workers cannot share. */
export function refuseWorkers(args: LoadArguments): void {
  if (args.workers === 1) return;
  const reasons: readonly (readonly [boolean, string])[] = [
    [args.export !== undefined, '--export writes a load for another engine, which spreads it itself'],
    [args['compare-policies'], '--compare-policies makes small runs one after another, each on the same tasks'],
    [args.saturate, '--saturate climbs step by step, and each step is one generator as fast as it goes'],
    [
      args.virtual || (args.scenario !== undefined && !hasTarget(args)),
      'Virtual time has one clock, on which one thing happens after another',
    ],
  ];
  const [, reason] = reasons.find(([isSo]) => isSo) ?? [];
  if (reason !== undefined) throw new UsageError(`${reason}: leave out --workers`);
}
