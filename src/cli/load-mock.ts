import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { mockKey } from '../entry/keys.js';
import { asMockScenario } from '../load/scenarios/for-mock.js';
import { scenarioNamed } from '../load/scenarios/named.js';
import type { LoadArguments } from './load.js';
import { startMockProcess } from './mock-process.js';

/** Whether the load is put on something that answers over HTTP. */
export function hasTarget(args: Pick<LoadArguments, 'base-url' | 'mock'>): boolean {
  return args.mock || args['base-url'] !== undefined;
}

function checkMock(args: LoadArguments): void {
  for (const option of ['base-url', 'api-key', 'export'] as const)
    if (args[option] !== undefined)
      throw new UsageError(`--mock is a target of its own, with accounts of its own: leave out --${option} or --mock`);
  if (args.virtual) throw new UsageError('In virtual time nothing is sent: leave out --mock or --virtual');
}

/**
 * With `--mock` a mock of its own in a process of its own, which behaves as the scenario says; `use` gets arguments that
 * lead to it. Without it `use` gets the arguments as they are.
 */
export async function withOwnMock<Result>(
  args: LoadArguments,
  contract: Contract,
  use: (args: LoadArguments) => Promise<Result>,
): Promise<Result> {
  if (!args.mock) return use(args);
  checkMock(args);
  const scenario = args.scenario === undefined ? undefined : asMockScenario(scenarioNamed(args.scenario));
  const folder = await mkdtemp(join(tmpdir(), 'proofsheet-load-'));
  try {
    const file = join(folder, 'scenario.json');
    if (scenario !== undefined) await writeFile(file, JSON.stringify(scenario));
    const behaviour = scenario === undefined ? [] : ['--scenario', file];
    const mock = await startMockProcess([args.vendor, '--seed', String(args.seed), ...behaviour]);
    try {
      const baseUrl = mock.vendors[contract.id];
      if (baseUrl === undefined) throw new UsageError(`The mock does not serve ${contract.id}`);
      return await use({ ...args, 'base-url': baseUrl, 'api-key': mockKey(contract.id, 'test') });
    } finally {
      await mock.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
