/**
 * Runs the test suite on the other supported lines of Node, or on the exact versions given:
 *   npm run test:matrix [-- 22.12.0 24.21.0 test/core]
 * Arguments that are no version go to vitest.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { root } from './build-output.js';
import { fail, run, temporaryFolder } from './run-command.js';

const VERSIONS = ['22.23.3', '24.21.0'];
const INSTALL_MS = 300_000;

/**
 * The package `node` only fetches the package of the platform in an install script; asking for that one directly
 * works under any policy on install scripts.
 */
function platformPackage(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

async function installNode(version: string, folder: string): Promise<string> {
  const name = platformPackage();
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline'];
  await run('npm', ['install', '--prefix', folder, ...quiet, `${name}@${version}`], {
    cwd: folder,
    timeoutMs: INSTALL_MS,
  });
  const home = join(folder, 'node_modules', name);
  const manifest: { bin: { node: string } } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, manifest.bin.node);
}

/** Child processes of the tests find the same node: first in PATH, and named as npm would name it. */
function environmentFor(node: string): NodeJS.ProcessEnv {
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  return { ...process.env, PATH: path, NODE: node, npm_node_execpath: node };
}

function askVersion(node: string): string {
  // Asked through PATH, because that is what child processes will do.
  const asked = spawnSync('node', ['-p', 'process.version'], { env: environmentFor(node), encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout.trim() : fail(`${node} does not run: ${asked.error ?? asked.stderr}`);
}

async function testOn(version: string, vitestArgs: readonly string[]): Promise<boolean> {
  const node = await installNode(version, temporaryFolder('proofsheet-node-'));
  const actual = askVersion(node);
  if (actual !== `v${version}`) fail(`asked for Node ${version}, but ${actual} answers`);
  console.log(`\nmatrix: testing on Node ${actual}`);
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const { status } = spawnSync(node, [vitest, 'run', ...vitestArgs], {
    cwd: root,
    stdio: 'inherit',
    env: environmentFor(node),
  });
  return status === 0;
}

const args = process.argv.slice(2);
const isVersion = (arg: string) => /^\d+\.\d+\.\d+$/.test(arg);
const asked = args.filter(isVersion);
const vitestArgs = args.filter((arg) => !isVersion(arg));

const outcomes: string[] = [];
for (const version of asked.length > 0 ? asked : VERSIONS) {
  try {
    const passed = await testOn(version, vitestArgs);
    outcomes.push(`Node ${version}: ${passed ? 'passed' : 'failed'}`);
    if (!passed) process.exitCode = 1;
  } catch (error) {
    outcomes.push(`Node ${version}: could not be tried, ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
console.log(`\n${outcomes.map((line) => `matrix: ${line}`).join('\n')}`);
