import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
}

function textOf(child: ChildProcess): { stdout: string; stderr: string } {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    text.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    text.stderr += chunk.toString();
  });
  return text;
}

/** Runs the command from the sources, as a person would, to its end. */
export async function proofsheet(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> {
  const child = start(args, env);
  const text = textOf(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

export interface RunningCommand {
  readonly child: ChildProcess;
  /** What `--log json` says first. */
  readonly ready: { readonly vendors: Readonly<Record<string, string>>; readonly admin: string };
  /** Sends Ctrl-C and waits for the end. */
  interrupt(): Promise<number | null>;
}

/** Starts `proofsheet mock` on a free port and waits until it is ready. */
export async function runningMock(...args: readonly string[]): Promise<RunningCommand> {
  const child = start(['mock', '--port', '0', '--log', 'json', ...args]);
  if (child.stdout === null) throw new Error('no output');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return {
    child,
    ready: JSON.parse(line) as RunningCommand['ready'],
    async interrupt() {
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill('SIGINT');
      const [code] = await ended;
      return code;
    },
  };
}

/** Starts a command, waits for a text on stderr or stdout, or for something else to happen, and sends Ctrl-C. */
export async function interrupted(args: readonly string[], after: RegExp | Promise<unknown>): Promise<Ended> {
  const child = start(args);
  const text = textOf(child);
  const closed = once(child, 'close') as Promise<[number | null]>;
  let sent = false;
  const look = () => {
    if (sent || !(after instanceof RegExp) || !after.test(text.stderr + text.stdout)) return;
    sent = true;
    child.kill('SIGINT');
  };
  child.stdout?.on('data', look);
  child.stderr?.on('data', look);
  if (after instanceof Promise) {
    await after;
    child.kill('SIGINT');
  }
  const [code] = await closed;
  return { code, ...text };
}
