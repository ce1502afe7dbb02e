import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const started = new Set<ChildProcess>();
const folders = new Set<string>();

// The last word whichever way the script ends: finished, failed, given up or interrupted.
process.once('exit', () => {
  for (const child of started) killGroup(child);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

/** A folder that is gone when the script ends. */
export function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.add(folder);
  return folder;
}

/** Sees to it that a process started as leader of a group (`detached`) does not outlive the script. */
export function endWithScript<T extends ChildProcess>(child: T): T {
  started.add(child);
  return child;
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}

export function fail(message: string): never {
  throw new Error(message);
}

/** Settles like the promise, or rejects with the message once the time is over. */
export async function finishWithin<T>(promise: Promise<T>, ms: number, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${message} (gave up after ${ms / 1000} s)`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface RunOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
}

/** Runs a command to its end and returns its stdout; anything but exit code 0 rejects with what it had to say. */
export async function run(command: string, args: readonly string[], { cwd, timeoutMs }: RunOptions): Promise<string> {
  const shown = `"${[command, ...args].join(' ')}"`;
  // A group of its own, because npm and npx put processes in between that would outlive a plain kill.
  const child = endWithScript(spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true }));
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    output += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${shown} cannot start: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${shown} ended with ${signal ?? `exit code ${code}`}\n${output.trim().slice(-4000)}`));
    });
  });
  try {
    await finishWithin(ended, timeoutMs, `${shown} did not end`);
    return stdout;
  } finally {
    killGroup(child);
  }
}
