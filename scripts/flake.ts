/**
 * Same seed, same verdict: fifty runs in a row in process, of the clean mock and of three of its faults, and three over
 * sockets while both cores are busy with something else. Fails when two runs told different things. Another number of runs
 * can be given: npm run flake -- 10
 */
import { Worker } from 'node:worker_threads';
import { vendorIds } from '../specs/index.gen.js';
import { accusedBy, differences, flakeTargets, inProcess, overSockets } from '../test/support/flake.js';

const runs = Number(process.argv[2] ?? 50);
const runsOverSockets = 3;
const faults = 3;

function nameOf(target: readonly string[]): string {
  return target[0] ?? 'clean';
}

let wrong = 0;
function tell(vendor: string, target: readonly string[], how: string, different: readonly string[], of: number): void {
  wrong += different.length;
  console.log(`${vendor} ${nameOf(target)} ${how}: ${different.length} of ${of} runs told something else`);
  for (const text of new Set(different)) console.log(`  ${text.slice(0, 2000)}`);
}

for (const vendor of vendorIds)
  for (const target of await flakeTargets(vendor, faults))
    tell(vendor, target, 'in process', await differences(runs, inProcess(vendor, target)), runs);

const busy = Array.from({ length: 2 }, () => new Worker('for (;;) Math.sqrt(2);', { eval: true }));
for (const vendor of vendorIds)
  for (const target of await flakeTargets(vendor, 1))
    tell(
      vendor,
      target,
      'over sockets under load',
      await differences(runsOverSockets, overSockets(vendor, target), accusedBy),
      runsOverSockets,
    );
await Promise.all(busy.map((worker) => worker.terminate()));

process.exitCode = wrong === 0 ? 0 : 1;
