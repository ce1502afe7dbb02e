import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onCore } from './pinning.js';

function startNode(core: number, args: readonly string[]): ChildProcess {
  const [command, rest] = onCore(core, args);
  return spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
}

function startScript(script: string, core: number, args: readonly string[]): ChildProcess {
  return startNode(core, ['--import', 'tsx', fileURLToPath(new URL(script, import.meta.url)), ...args]);
}

/** What a process printed; rejects when it ends with anything but 0. */
async function printed(child: ChildProcess, name: string): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return text;
}

/** Runs Node with these arguments to its end, on one core, and gives what it printed. */
export function runNode(core: number, args: readonly string[]): Promise<string> {
  return printed(startNode(core, args), args[0] ?? 'node');
}

/** Starts a script of this folder that serves, and waits for its first line, which is its origin. */
export async function startServer(
  script: string,
  core: number,
  ...args: readonly string[]
): Promise<{ readonly origin: string; readonly child: ChildProcess }> {
  const child = startScript(script, core, args);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
    child.stdout?.once('data', (line: Buffer) => resolve({ origin: line.toString().trim(), child }));
  });
}

/** Runs a script of this folder to its end and reads what it printed as JSON. */
export async function runScript<Result>(script: string, core: number, ...args: readonly string[]): Promise<Result> {
  return JSON.parse(await printed(startScript(script, core, args), script)) as Result;
}
