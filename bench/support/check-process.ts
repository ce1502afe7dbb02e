import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dist } from '../../scripts/build-output.js';
import { canonical } from '../../src/conformance/cases/canonical.js';
import type { CheckReport } from '../../src/core/check-report.js';

const main = join(dist, 'src/cli/main.js');
const usageAtExit = new URL('../servers/usage-at-exit.mjs', import.meta.url).href;

/** One mock in a process of its own, a hundred times faster than its vendor. */
export async function startMockProcess(contract: string): Promise<{ origin: string; stop: () => Promise<void> }> {
  const args = [main, 'mock', contract, '--port', '0', '--speed', '100', '--log', 'json'];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(child.stdout as NodeJS.ReadableStream, 'data'),
    ended.then(([code]) => Promise.reject(new Error(`The mock of ${contract} ended with ${code}`))),
  ])) as [Buffer];
  child.stdout?.resume();
  const { vendors } = JSON.parse(line.toString().split('\n')[0] ?? '') as { vendors: Record<string, string> };
  return {
    origin: Object.values(vendors)[0] ?? '',
    async stop() {
      child.kill();
      await ended;
    },
  };
}

export interface CheckRun {
  readonly wallMs: number;
  /** Processor time of the checking process. */
  readonly cpuMs: number;
  /** The most memory that it ever held. */
  readonly peakBytes: number;
  readonly report: CheckReport;
}

/** A whole `proofsheet check` in a process of its own; throws where it accuses the mock. */
export async function runCheckProcess(
  contract: string,
  origin: string,
  folder: string,
  options: readonly string[],
): Promise<CheckRun> {
  const file = join(folder, 'report.json');
  const args = ['--import', usageAtExit, main, 'check', contract, '--base-url', origin, '--report', `json=${file}`];
  const began = performance.now();
  const child = spawn(process.execPath, [...args, ...options], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let text = '';
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  (child.stdio[3] as NodeJS.ReadableStream).on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const exited = once(child, 'exit').then(([code]) => ({
    code: code as number | null,
    wallMs: performance.now() - began,
  }));
  await once(child, 'close');
  const { code, wallMs } = await exited;
  if (code !== 0) throw new Error(`check ${contract} ${options.join(' ')} ended with ${code}: ${said}`);
  const report = JSON.parse(readFileSync(file, 'utf8')) as CheckReport;
  return { wallMs, ...(JSON.parse(text) as { cpuMs: number; peakBytes: number }), report };
}

/** Different requests that a run sent to see how they are taken, random ones and polls left out. */
export function casesOf({ exchanges }: CheckReport): number {
  const cases = exchanges.filter(
    ({ purpose, probe }) =>
      purpose !== undefined && !['poll', 'result', 'reachability'].includes(purpose.case) && !probe.startsWith('fuzz-'),
  );
  return new Set(
    cases.map(({ request: { method, url, headers, body }, credential }) =>
      canonical([method, url, headers['content-type'], credential, body]),
    ),
  ).size;
}

export const fifthVendor = fileURLToPath(new URL('../../examples/fifth-vendor/openapi.yaml', import.meta.url));
