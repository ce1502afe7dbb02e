import { spawn } from 'node:child_process';

/** A conformance runner of others, as somebody uses it who has a contract, a URL and a key. */
export interface Runner {
  readonly name: string;
  /** The packages that are installed for it, with the version that was tried. */
  readonly packages: readonly string[];
  /** What it was told besides contract, URL and key. */
  readonly settings: string;
  /** How many of its tests fail. Throws where it does not come to a result. */
  failures(subject: Subject): Promise<number>;
}

export interface Subject {
  readonly baseUrl: string;
  readonly key: string;
  /** The contract, with this base URL as its server. */
  readonly contract: string;
  /** Where the packages are installed. */
  readonly folder: string;
}

const longestRunMs = 180_000;

/** Runs a program of an installed package and answers all that it printed, whatever its exit code. */
export function output(
  { folder }: Subject,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(`${folder}/node_modules/.bin/${program}`, args, {
      cwd: folder,
      env: { ...process.env, ...env, NO_COLOR: '1', FORCE_COLOR: '0' },
      timeout: longestRunMs,
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}

/** The number that a pattern's first group finds; an output without it is no result. */
export function numberIn(text: string, pattern: RegExp, who: string): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`${who} came to no result:\n${text.slice(-2000)}`);
  return Number(found);
}
