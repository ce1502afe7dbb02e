/**
 * What other runners catch with what they offer by default: `npm run bench:runners`. Each judges one correct server, twice,
 * and ten that break one promise each; a broken one is caught when more fails than on the correct one. The runners are
 * installed into a temporary folder; the table goes to `docs/other-runners.md`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractFile } from '../specs/index.gen.js';
import { mutantsOf } from '../test/mutation/cases.js';
import { evolink } from '../test/servers/evolink.js';
import { listener } from '../test/servers/http.js';
import type { Quirk } from '../test/servers/kit.js';
import { dredd } from './runners/dredd.js';
import { portman } from './runners/portman.js';
import { prismProxy } from './runners/prism-proxy.js';
import { proofsheet } from './runners/proofsheet.js';
import type { Runner, Subject } from './runners/runner.js';
import { specmatic } from './runners/specmatic.js';
import { stepCi } from './runners/step-ci.js';

const vendor = 'evolink';
const page = 'docs/other-runners.md';
/** One or two of each kind: shape, status, key, validation, limit, lifecycle, bytes, content type, envelope. */
const chosen = [
  'other-object',
  'invalid-is-422',
  'serves-without-key',
  'any-quality',
  'seventeen-images',
  'progress-falls',
  'end-is-not-final',
  'image-tiny',
  'html-type',
  'error-code-number',
];
const runners: readonly Runner[] = [proofsheet, prismProxy, dredd, portman, stepCi, specmatic];

/** A server of its own for each run, so that nothing of the last one is left. */
async function onServer<T>(quirk: Quirk, work: (baseUrl: string) => Promise<T>): Promise<T> {
  const server = createServer(listener(evolink({ now: Date.now, quirk, pace: 4 })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The contract as the runners read it: with the server to judge, and in the JSON Schema that all of them know. */
async function localContract(folder: string, baseUrl: string): Promise<string> {
  const text = await readFile(contractFile(vendor), 'utf8');
  const plain = text
    .replaceAll('https://api.evolink.ai', baseUrl)
    .replace(/^jsonSchemaDialect:.*$/m, 'jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema');
  const file = join(folder, 'contract.yaml');
  await writeFile(file, plain);
  return file;
}

async function judge(runner: Runner, quirk: Quirk, folder: string): Promise<number | undefined> {
  return onServer(quirk, async (baseUrl) => {
    const subject: Subject = {
      baseUrl,
      key: `sk-${vendor}-test`,
      contract: await localContract(folder, baseUrl),
      folder,
    };
    try {
      return await runner.failures(subject);
    } catch (error) {
      process.stderr.write(`  no result: ${String(error).slice(0, 300)}\n`);
      return undefined;
    }
  });
}

const folder = await mkdtemp(join(tmpdir(), 'other-runners-'));
try {
  const packages = runners.filter((runner) => runner !== prismProxy).flatMap((runner) => runner.packages);
  process.stderr.write(`installing ${packages.join(', ')}\n`);
  await writeFile(join(folder, 'package.json'), '{"private": true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder, stdio: 'ignore' });

  const columns: { runner: Runner; clean: (number | undefined)[]; broken: (number | undefined)[] }[] = [];
  for (const runner of runners) {
    const clean = [await judge(runner, {}, folder), await judge(runner, {}, folder)];
    const broken: (number | undefined)[] = [];
    for (const id of chosen) {
      // Some mutants count what they are asked: each run has one of its own.
      const mutant = mutantsOf(vendor).find((one) => one.id === id);
      if (mutant === undefined) throw new Error(`there is no mutant ${id}`);
      broken.push(await judge(runner, mutant.quirk, folder));
      process.stderr.write(`${runner.name}: ${id}\n`);
    }
    columns.push({ runner, clean, broken });
  }

  const mostOnClean = (clean: readonly (number | undefined)[]) => Math.max(...clean.map((count) => count ?? 0));
  const cell = (clean: readonly (number | undefined)[], count: number | undefined) =>
    count === undefined ? 'no result' : count > mostOnClean(clean) ? `caught (${count})` : `– (${count})`;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const titles = new Map(mutantsOf(vendor).map(({ id, breaks }) => [id, breaks]));
  const table = [
    row(['a server that …', ...columns.map(({ runner }) => runner.name)]),
    row(columns.map(() => '---').concat('---')),
    row([
      'keeps every promise: tests that fail',
      ...columns.map(({ clean }) => clean.map((count) => count ?? 'no result').join(', ')),
    ]),
    ...chosen.map((id, index) =>
      row([titles.get(id) ?? id, ...columns.map(({ clean, broken }) => cell(clean, broken[index]))]),
    ),
    row([
      'caught',
      ...columns.map(
        ({ clean, broken }) =>
          `${broken.filter((count) => (count ?? 0) > mostOnClean(clean)).length} of ${chosen.length}`,
      ),
    ]),
  ].join('\n');
  const settings = runners.map(
    ({ name, packages: used, settings: told }) =>
      `- **${name}**${used.length === 0 ? '' : ` (${used.join(', ')})`}: ${told}.`,
  );
  const text = `# Other runners on ten broken servers

Written by \`npm run bench:runners\` on Node ${process.versions.node}. One hand-written server keeps the contract of ${vendor}; ten others break one
promise each. Every runner gets the contract, the URL and a key, and otherwise what it offers by default. In brackets stands how
many of its tests fail; a broken server counts as caught when more fail than on the correct one, where some fail already because
a runner does not follow a task from its submit to its end. None of them was made for tasks that are polled, and all can be
taught more with hooks and scripts: this says what they do untaught, nothing else.

${table}

${settings.join('\n')}
`;
  await writeFile(page, text);
  process.stdout.write(`${table}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
