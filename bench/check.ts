/**
 * How long a whole check takes, what it holds, and whether it grows with its cases: `npm run bench:check`. Mock and check
 * are processes of their own that talk over sockets. `-- VENDOR` measures one vendor, `-- growth` the growth only.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { vendorIds } from '../specs/index.gen.js';
import { type CheckRun, casesOf, fifthVendor, runCheckProcess, startMockProcess } from './support/check-process.js';
import { median, table } from './support/figures.js';

const rounds = 3;
const fieldCounts = [0, 20, 40, 80, 160];
const settings: readonly (readonly string[])[] = [
  ['--depth', 'smoke'],
  ['--cases', 'sample'],
  ['--cases', '50'],
  ['--cases', '100'],
  [],
];
const headings = ['cases', 'requests', 'least wall', 'median wall', 'processor', 'processor per case', 'most memory'];
const folder = mkdtempSync(join(tmpdir(), 'proofsheet-bench-'));

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function figures(runs: readonly CheckRun[]): string[] {
  const of = (pick: (run: CheckRun) => number) => median(runs.map(pick));
  const cases = of(({ report }) => casesOf(report));
  const cpu = of(({ cpuMs }) => cpuMs);
  return [
    String(cases),
    String(of(({ report }) => report.summary.requests)),
    seconds(Math.min(...runs.map(({ wallMs }) => wallMs))),
    seconds(of(({ wallMs }) => wallMs)),
    seconds(cpu),
    `${(cpu / cases).toFixed(1)} ms`,
    `${(Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 1e6).toFixed(0)} MB`,
  ];
}

async function measure(contract: string, options: readonly string[]): Promise<string[]> {
  const runs: CheckRun[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const mock = await startMockProcess(contract);
    runs.push(await runCheckProcess(contract, mock.origin, folder, options).finally(mock.stop));
  }
  return figures(runs);
}

/** The example contract with so many more fields, each with bounds or a list of words to keep. */
function widened(fields: number): string {
  const contract = parse(readFileSync(fifthVendor, 'utf8')) as {
    components: { schemas: { Drawing: { properties: Record<string, object> } } };
  };
  for (let index = 0; index < fields; index += 1)
    contract.components.schemas.Drawing.properties[`option${index}`] = {
      'x-facts': ['F4'],
      ...(index % 2 === 0 ? { type: 'integer', minimum: 1, maximum: 9 } : { type: 'string', enum: ['low', 'high'] }),
    };
  const file = join(folder, `wide-${fields}.yaml`);
  writeFileSync(file, stringify(contract));
  return file;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => name !== 'growth' && !vendorIds.some((id) => id === name));
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')} to measure: ${[...vendorIds, 'growth'].join(', ')}`);
const isAsked = (name: string) => asked.length === 0 || asked.includes(name);

try {
  const [cpu] = cpus();
  console.log(`Node ${process.version}, ${cpus().length} x ${cpu?.model.trim()}, ${process.platform}`);
  console.log(`Load before: ${loadavg()[0]?.toFixed(1)}. Medians of ${rounds} runs, of memory the most.\n`);
  const rows: string[][] = [];
  for (const vendor of vendorIds.filter(isAsked))
    for (const options of settings)
      rows.push([vendor, options.join(' ') || 'full depth', ...(await measure(vendor, options))]);
  if (rows.length > 0) console.log(`${table(['vendor', 'asked for', ...headings], rows)}\n`);
  if (isAsked('growth')) {
    const wide: string[][] = [];
    for (const fields of fieldCounts) wide.push([String(fields), ...(await measure(widened(fields), []))]);
    console.log(table(['fields more', ...headings], wide));
  }
  console.log(`\nLoad after: ${loadavg()[0]?.toFixed(1)}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
