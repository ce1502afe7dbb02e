import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/** Read by the engine at each collection, so that they may change while the process runs. */
const WITHOUT_HELPERS = ['--no-concurrent-marking', '--no-parallel-scavenge'];

/**
 * Where a process may use one core only, the garbage collector's helper threads take it from the program for slices of
 * ten milliseconds, four of them in turn, until the heap is marked. Then the program marks by itself, in small steps. For
 * commands that keep a pace: a library does not change the flags of its process.
 */
export function collectWithoutHelpers(cores = availableParallelism()): void {
  if (cores > 1) return;
  for (const flag of WITHOUT_HELPERS) setFlagsFromString(flag);
}
