import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { keyVariable } from '../entry/keys.js';
import { parseArrivals } from '../load/arrivals.js';
import { toArtillery } from '../load/export/artillery.js';
import { loadTarget } from '../load/load-target.js';
import { policyFor } from '../load/plan-load.js';
import type { LoadArguments } from './load.js';
import { onePolicy } from './load-virtual-run.js';

const usualPath = 'artillery.yml';
const usualTimeoutMs = 600_000;

/** Writes the load for another engine instead of running it; the key stays in the environment. */
export async function exportLoad(
  args: LoadArguments,
  load: { readonly contract: Contract; readonly baseUrl: string; readonly apiKey: string; readonly rate: number },
): Promise<void> {
  const { contract, baseUrl, apiKey, rate } = load;
  const [engine = '', path = usualPath] = (args.export ?? '').split(/=(.*)/s, 2);
  if (engine !== 'artillery' || path === '')
    throw new UsageError(`--export ${JSON.stringify(args.export)} is not artillery or artillery=PATH`);
  const extension = extname(path);
  const processor = `${extension === '' ? path : path.slice(0, -extension.length)}.cjs`;
  const target = loadTarget({ contract, baseUrl, apiKey, allowRemote: args['allow-remote'] });
  const { scenario, processor: code } = toArtillery({
    contract,
    target,
    policy: onePolicy(args) ?? policyFor(target),
    arrivals: await parseArrivals(args.arrivals ?? 'constant', rate),
    seed: args.seed,
    maxTasks: Math.min(args.tasks ?? Number.POSITIVE_INFINITY, args['max-tasks'] ?? Number.POSITIVE_INFINITY),
    durationMs: args.duration ?? Number.POSITIVE_INFINITY,
    timeoutMs: args.timeout ?? usualTimeoutMs,
    keyVariable: keyVariable(contract.id),
    processorFile: `./${basename(processor)}`,
    processorTemplate: await readFile(
      new URL('../load/export/artillery-processor.template.cjs', import.meta.url),
      'utf8',
    ),
  });
  try {
    await writeFile(path, scenario);
    await writeFile(processor, code);
  } catch (error) {
    throw new UsageError(`--export ${args.export} cannot be written: ${(error as Error).message}`);
  }
  process.stdout.write(
    `wrote ${path}\nwrote ${processor}\n\nRun it with the key in the environment:\n` +
      `  ${keyVariable(contract.id)}=… npx -p artillery@2.0.20 -p typescript@5.9 artillery run ${path}\n`,
  );
}
