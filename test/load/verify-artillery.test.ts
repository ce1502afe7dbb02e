/** The script that runs the export with Artillery: what its exit codes mean, with stand-ins for npm and for Artillery. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/verify-artillery.ts', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-verify-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function verify(args: readonly string[], path = process.env['PATH'] ?? '') {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** A folder in which something stands where Artillery would be installed. */
async function standIn(name: string, code: string): Promise<string> {
  const file = join(folder, name, 'node_modules/artillery/bin/run');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, code);
  return join(folder, name);
}

test('where Artillery cannot be installed nothing is judged: exit 3, and npm says why', async () => {
  const npm = join(folder, 'npm');
  await writeFile(npm, '#!/bin/sh\necho "network is unreachable" >&2\nexit 1\n');
  await chmod(npm, 0o755);
  const { code, output } = await verify([], `${folder}${delimiter}${process.env['PATH']}`);
  expect(output).toMatch(/Artillery cannot be installed here, so its export was not verified/);
  expect(output).toContain('network is unreachable');
  expect(code).toBe(3);
});

test('an Artillery that does not run is a failed verification, not a skipped one', async () => {
  const broken = await standIn('broken', 'console.error("no such phase"); process.exit(7);');
  const { code, output } = await verify(['evolink', broken]);
  expect(output).toMatch(/exit code 7\s+no such phase/);
  expect(code).toBe(1);
});

test('figures that differ from a run of ours are exit 1, and named', async () => {
  const report = JSON.stringify({ aggregate: { counters: { 'tasks.started': 59 }, summaries: {} } });
  const idle = await standIn('idle', `require('node:fs').writeFileSync('report.json', ${JSON.stringify(report)});`);
  const { code, output } = await verify(['evolink', idle]);
  expect(output).toMatch(/tasks\.started\s+59\.0\s+60\.0\s+differs/);
  expect(code).toBe(1);
}, 60_000);
