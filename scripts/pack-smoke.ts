/**
 * Installs the packed tarball into an empty project and uses it as a stranger would: what works in the checkout
 * can still miss a file, a dependency or the executable bit once it is packed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './build-output.js';
import { endWithScript, fail, finishWithin, run, temporaryFolder } from './run-command.js';

const WHOLE_RUN_MS = 240_000;
const STEP_MS = 120_000;

interface Ready {
  readonly event: 'ready';
  readonly vendors: Readonly<Record<string, string>>;
  readonly admin: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail(`${what} is not JSON: ${text.slice(0, 300)}`);
  }
}

function readReady(line: string): Ready {
  const value = parseJson(line, 'the first line of "proofsheet mock --log json"');
  if (!isRecord(value) || value.event !== 'ready' || !isRecord(value.vendors) || typeof value.admin !== 'string') {
    return fail(`the mock's first line should be {event:"ready", vendors:{…}, admin}, it was: ${line.slice(0, 300)}`);
  }
  const vendors: Record<string, string> = {};
  for (const [id, url] of Object.entries(value.vendors)) {
    vendors[id] = typeof url === 'string' ? url : fail(`the ready line has no URL for ${id}: ${line.slice(0, 300)}`);
  }
  return { event: 'ready', vendors, admin: value.admin };
}

async function pack(into: string): Promise<string> {
  await run('npm', ['pack', '--pack-destination', into], { cwd: root, timeoutMs: STEP_MS });
  const tarballs = readdirSync(into).filter((name) => name.endsWith('.tgz'));
  const [tarball] = tarballs;
  if (tarball === undefined || tarballs.length > 1) return fail(`npm pack left ${tarballs.length} tarballs in ${into}`);
  return join(into, tarball);
}

async function install(tarball: string, project: string): Promise<void> {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }\n');
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'];
  await run('npm', ['install', ...options, tarball], { cwd: project, timeoutMs: STEP_MS });
}

/** Only the entry for msw may need a package that is not installed here: it is an optional peer. */
async function importEntries(project: string): Promise<void> {
  for (const entry of [
    'proofsheet',
    'proofsheet/client',
    'proofsheet/poller',
    'proofsheet/mock',
    'proofsheet/conformance',
  ]) {
    const script = `const names = Object.keys(await import('${entry}')); if (names.length === 0) process.exit(9)`;
    await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: project, timeoutMs: STEP_MS });
  }
}

/** The command is started without npx in between, so that the signal reaches it and the exit code is its own. */
async function startMock(project: string): Promise<{ child: ChildProcess; ready: Ready }> {
  const bin = join(project, 'node_modules', '.bin', 'proofsheet');
  const child = spawn(bin, ['mock', '--port', '0', '--speed', '100', '--log', 'json'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  endWithScript(child);
  try {
    const lines = createInterface({ input: child.stdout });
    const line = await finishWithin(
      new Promise<string>((resolve, reject) => {
        lines.once('line', resolve);
        child.once('error', reject);
        child.once('exit', (code, signal) => {
          reject(new Error(`"proofsheet mock" ended before it was ready (${signal ?? `exit code ${code}`})`));
        });
      }),
      30_000,
      '"proofsheet mock" printed no ready line',
    );
    return { child, ready: readReady(line) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function check(project: string, ready: Ready): Promise<string> {
  const [first] = Object.entries(ready.vendors);
  if (first === undefined) return fail('the mock is ready but serves no vendor');
  const [vendor, url] = first;
  const args = ['proofsheet', 'check', vendor, '--base-url', url, '--report', 'json=report.json'];
  await run('npx', args, { cwd: project, timeoutMs: STEP_MS });
  const report = parseJson(readFileSync(join(project, 'report.json'), 'utf8'), 'report.json');
  if (!isRecord(report) || report.schemaVersion !== 1 || report.kind !== 'check') {
    return fail('report.json should carry schemaVersion 1 and kind "check"');
  }
  if (report.vendor !== vendor) return fail(`report.json is about ${String(report.vendor)} instead of ${vendor}`);
  if (report.verdict !== 'conformant') return fail(`the verdict on our own mock is ${String(report.verdict)}`);
  if (!Array.isArray(report.checks) || report.checks.length === 0) return fail('report.json lists no checks');
  return `${vendor}: conformant, ${report.checks.length} checks`;
}

/** The threads of a load begin in a file of their own, which a bundle could lose. */
async function load(project: string, ready: Ready): Promise<string> {
  const [first] = Object.entries(ready.vendors);
  if (first === undefined) return fail('the mock is ready but serves no vendor');
  const [vendor, url] = first;
  const plan = ['--tasks', '6', '--rate', '20', '--workers', '2', '--report', 'json=load.json'];
  await run('npx', ['proofsheet', 'load', vendor, '--base-url', url, ...plan], { cwd: project, timeoutMs: STEP_MS });
  const report = parseJson(readFileSync(join(project, 'load.json'), 'utf8'), 'load.json');
  if (!isRecord(report) || report.workers !== 2 || !isRecord(report.tasks) || report.tasks.started !== 6)
    return fail('load.json should tell of two workers and six tasks');
  return `${vendor}: two workers started six tasks`;
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  if (child.exitCode !== null) fail(`the mock ended by itself with exit code ${child.exitCode}`);
  child.kill('SIGINT');
  const [code, signal]: unknown[] = await finishWithin(exited, 10_000, 'the mock did not stop on SIGINT');
  if (code !== 0) fail(`after SIGINT the mock should exit with 0, it was ${String(signal ?? code)}`);
}

async function smoke(folder: string): Promise<void> {
  const project = join(folder, 'project');
  const tarball = await pack(folder);
  await run('npx', ['publint', 'run', tarball, '--strict'], { cwd: root, timeoutMs: STEP_MS });
  await install(tarball, project);
  await importEntries(project);
  const help = await run('npx', ['proofsheet', '--help'], { cwd: project, timeoutMs: STEP_MS });
  for (const command of ['mock', 'check', 'load']) {
    if (!new RegExp(`\\b${command}\\b`).test(help)) fail(`"proofsheet --help" does not mention the command ${command}`);
  }
  const { child, ready } = await startMock(project);
  try {
    console.log(`smoke: ${await check(project, ready)}`);
    console.log(`smoke: ${await load(project, ready)}`);
    await stop(child);
  } finally {
    child.kill('SIGKILL');
  }
}

try {
  const folder = temporaryFolder('proofsheet-smoke-');
  await finishWithin(smoke(folder), WHOLE_RUN_MS, 'the smoke test as a whole took too long');
  console.log('smoke: the packed tarball installs, mocks, checks, loads and stops cleanly');
} catch (error) {
  console.error(`smoke: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  // A step that was given up on may still hold the event loop.
  process.exit();
}
