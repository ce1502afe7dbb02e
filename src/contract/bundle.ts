import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { AsyncTask } from './async-task.js';
import type { ContractParts } from './contract.js';
import type { Operation } from './operations.js';
import type { SideEndpoint } from './read-side-endpoints.js';
import type { Precompiled } from './validators.js';

/** What lies beside a bundled contract: its task blocks and side endpoints as they were validated and read, and its
 * compiled schemas. */
export const bundleNames = { tasks: 'tasks.json', sides: 'side-endpoints.json', validators: 'validators.cjs' } as const;

/** By the pointer of the block in the document. */
type BundledTasks = Readonly<Record<string, AsyncTask>>;

export function bundleTasks(operations: readonly Operation[]): BundledTasks {
  return Object.fromEntries(
    operations.flatMap(({ pointer, task }) => (task === undefined ? [] : [[`${pointer}/x-async-task`, task]])),
  );
}

/** The parts of a bundled contract, as they are; undefined where the contract was not bundled, as in a checkout. */
export async function readBundle(file: string): Promise<ContractParts | undefined> {
  if (extname(file) !== '.json') return undefined;
  const folder = dirname(file);
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  const tasks = (await read(bundleNames.tasks)) as BundledTasks;
  const sides = (await read(bundleNames.sides)) as Record<string, SideEndpoint>;
  return {
    readTask: (pointer) => tasks[pointer],
    readSides: () => new Map(Object.entries(sides)),
    precompiled: () => createRequire(file)(join(folder, bundleNames.validators)) as Precompiled,
  };
}
