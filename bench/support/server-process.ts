import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onCore, SERVER_CORE } from './pinning.js';

/** Starts a script of this folder that talks by messages, on the servers' core: the client's is left to the client. */
export function startBeside(script: string, args: readonly string[] = []): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const [command, whole] = onCore(SERVER_CORE, ['--import', 'tsx', file, ...args]);
  return spawn(command, whole, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

interface Usage {
  /** Processor time of the whole process since its start, in microseconds. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

export interface ServerProcess {
  readonly name: string;
  readonly port: number;
  /** With `collect` the garbage goes first, where the server was started with `--expose-gc`. */
  usage(how?: 'collect'): Promise<Usage>;
  stop(): Promise<void>;
}

const folder = new URL('../servers/', import.meta.url);
const reporter = new URL('report-usage.mjs', folder).href;

/** Starts a file of `bench/servers` in a process of its own. */
export async function startServer(
  name: string,
  options: {
    readonly nodeArgs?: readonly string[];
    readonly args?: readonly string[];
  } = {},
): Promise<ServerProcess> {
  const file = fileURLToPath(new URL(`${name}.mjs`, folder));
  const whole = [...(options.nodeArgs ?? []), '--import', reporter, file, ...(options.args ?? [])];
  const [command, args] = onCore(SERVER_CORE, whole);
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const early = ended.then(([code]) => Promise.reject(new Error(`The server ${name} ended with ${code}`)));
  early.catch(() => undefined);
  const answered = async <T>(): Promise<T> => (await Promise.race([once(child, 'message'), early]))[0] as T;
  const { port } = await answered<{ port: number }>();
  return {
    name,
    port,
    usage(how) {
      child.send(how ?? 'usage');
      return answered<Usage>();
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
