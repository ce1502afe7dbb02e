/** Speed and size of the mock beside other servers: `npm run bench -- --help`. Figures are printed, never asserted. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { dist } from '../scripts/build-output.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { pictures } from './pictures.js';
import { poll } from './poll.js';
import { startUp } from './start-up.js';
import { submit } from './submit.js';
import type { Bench } from './support/bench.js';
import { customerOf, vendorNames } from './support/customers.js';
import { canPin, pinClient } from './support/pinning.js';

const benches: Readonly<Record<string, Bench>> = { poll, submit, latency, memory, pictures, 'start-up': startUp };
const names = Object.keys(benches);

const args = await yargs(hideBin(process.argv))
  .scriptName('npm run bench --')
  .usage(
    '$0 [names..]\n\nMeasures the built mock beside other servers in one run: ratios, their spread over the rounds, and',
  )
  .positional('names', { type: 'string' })
  .options({
    vendor: { type: 'string', default: 'gptimage15', choices: vendorNames, describe: 'Whose mock is measured' },
    rounds: { type: 'number', default: 5, describe: 'Rounds; every server has its turn in each' },
    seconds: { type: 'number', default: 2, describe: 'Seconds per server and round' },
    tasks: { type: 'number', default: 1_000_000, describe: 'Tasks of the largest store (memory)' },
    beside: { type: 'string', default: 'fastify,prism', describe: 'Servers besides bare node:http; empty for none' },
  })
  .epilogue(names.map((name) => `${name}: ${benches[name]?.title}`).join('\n'))
  .strictOptions()
  .parseAsync();

const asked = args._.map(String);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) throw new Error(`No bench is called ${unknown.join(', ')}: there are ${names.join(', ')}`);
if (!existsSync(join(dist, 'src/entry/mock.js'))) throw new Error('There is no build to measure: npm run build');

pinClient();
const [cpu] = cpus();
console.log(`Node ${process.version}, ${cpus().length} x ${cpu?.model.trim()}, ${process.platform}`);
console.log(
  canPin ? 'Servers on core 0, client on core 1.' : 'Processes are not pinned here: ratios are less certain.',
);
const customer = customerOf(args.vendor);
const beside = args.beside.split(',').filter((one) => one !== '');
const { rounds, seconds, tasks } = args;
for (const name of asked.length > 0 ? asked : names) {
  const { title, polls, run } = benches[name] as Bench;
  console.log(`\n${name}: ${title}\n`);
  if (polls && customer.poll === undefined)
    console.log(`${customer.vendor} answers with the pictures: no task is polled.`);
  else console.log(await run({ customer, rounds, seconds, tasks, beside }));
}
