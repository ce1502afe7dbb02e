import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ProofsheetError } from '../core/errors.js';

export interface MockProcess {
  /** The base URL of each vendor. */
  readonly vendors: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface Ready {
  readonly event: 'ready';
  readonly vendors: Readonly<Record<string, string>>;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new ProofsheetError('The mock has no output to read');
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new ProofsheetError(`The mock ended with code ${String(code)} before it was ready`);
  });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  return line;
}

/** `proofsheet mock` as a process of its own, so that whoever measures it does not share its event loop. */
export async function startMockProcess(options: readonly string[]): Promise<MockProcess> {
  // As this file is run: from the build, or from its source by a loader that the options of this process name.
  const main = fileURLToPath(new URL(`main${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(
    process.execPath,
    [...process.execArgv, main, 'mock', '--port', '0', '--log', 'ready', ...options],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // Ctrl-C goes to the whole group; the one who started the mock decides when it ends.
      detached: true,
    },
  );
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  const { vendors } = JSON.parse(await firstLine(child)) as Ready;
  return {
    vendors,
    async close() {
      process.removeListener('exit', end);
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
