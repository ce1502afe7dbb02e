import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

export const SERVER_CORE = 0;
export const CLIENT_CORE = 1;

/** Whether processes can be kept on cores of their own here, so that client and server do not share theirs. */
export const canPin = process.platform === 'linux' && cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0;

/** Keeps this process, the client, off the servers' core. */
export function pinClient(): void {
  if (canPin) spawnSync('taskset', ['-acp', String(CLIENT_CORE), String(process.pid)]);
}

/** A command line that runs Node with these arguments on one core. */
export function onCore(core: number, args: readonly string[]): [command: string, args: string[]] {
  const whole = [...(canPin ? ['taskset', '-c', String(core)] : []), process.execPath, ...args];
  return [whole[0] ?? process.execPath, whole.slice(1)];
}
