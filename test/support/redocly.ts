import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from './source-tree.js';

const cli = join(root, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');

/** Runs Redocly's command without a word to its makers; output is both streams. */
export function redocly(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    REDOCLY_SUPPRESS_NOTIFICATIONS: 'true',
  };
  return new Promise((done) => {
    const options = { env, cwd: root, maxBuffer: 16 * 1024 * 1024 };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}
