import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { dist } from '../scripts/build-output.js';
import type { Bench } from './support/bench.js';
import { median, spread, table } from './support/figures.js';
import { onCore, SERVER_CORE } from './support/pinning.js';

const main = join(dist, 'src/cli/main.js');
const fastify = fileURLToPath(new URL('servers/fastify-minimal.mjs', import.meta.url));
const PORT = 'PORT';
const IDLE_MS = 1000;

interface Subject {
  readonly name: string;
  readonly args: readonly string[];
  /** Ready when it answers on the port, else when the process has ended. */
  readonly listens: boolean;
}

const subjects: readonly Subject[] = [
  { name: 'fastify, minimal', args: [fastify, PORT], listens: true },
  { name: 'proofsheet mock', args: [main, 'mock', '--port', PORT, '--log', 'off'], listens: true },
  { name: 'node -e 0', args: ['-e', '0'], listens: false },
  { name: 'proofsheet --help', args: [main, '--help'], listens: false },
];

interface Started {
  readonly readyMs: number;
  /** Processor time until then; NaN where the system does not tell. */
  readonly cpuMs: number;
  /** Resident bytes of the idle process a second later. */
  readonly idleBytes: number;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ port, host: '127.0.0.1', agent: false }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(true));
    });
    sent.on('error', () => resolve(false));
    sent.end();
  });
}

function procText(pid: number | undefined, file: string): string {
  return process.platform === 'linux' ? readFileSync(`/proc/${pid}/${file}`, 'utf8') : '';
}

/** The system counts in hundredths of a second. */
function cpuMsOf(pid: number | undefined): number {
  const fields = procText(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function start({ args, listens, name }: Subject): Promise<Started> {
  const port = listens ? await freePort() : 0;
  const [command, whole] = onCore(
    SERVER_CORE,
    args.map((arg) => (arg === PORT ? String(port) : arg)),
  );
  const began = performance.now();
  const child = spawn(command, whole, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  if (!listens) {
    const [code] = await ended;
    if (code !== 0) throw new Error(`${name} ended with ${code}`);
    return { readyMs: performance.now() - began, cpuMs: Number.NaN, idleBytes: Number.NaN };
  }
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await sleep(1);
  }
  const readyMs = performance.now() - began;
  const cpuMs = cpuMsOf(child.pid);
  await sleep(IDLE_MS);
  const idleBytes = Number(/VmRSS:\s+(\d+)/.exec(procText(child.pid, 'status'))?.[1]) * 1024;
  child.kill();
  await ended;
  return { readyMs, cpuMs, idleBytes };
}

/** Whole processes in turn, from the call of the command to the first answer. */
export const startUp: Bench = {
  polls: false,
  title: 'From the call of the command to the first answer, and the memory of the idle process',
  async run({ rounds }) {
    const measured = new Map<Subject, Started[]>(subjects.map((subject) => [subject, []]));
    // The first round only warms the file cache.
    for (let round = 0; round <= rounds; round += 1)
      for (const [subject, own] of measured) {
        const done = await start(subject);
        if (round > 0) own.push(done);
      }
    const [yardstick = []] = measured.values();
    const rows = [...measured].map(([{ name, listens }, own]) => {
      const of = (pick: (one: Started) => number) => median(own.map(pick));
      const over = (pick: (one: Started) => number) =>
        spread(own.map((one, round) => pick(one) / pick(yardstick[round] as Started)));
      return [
        name,
        `${of(({ readyMs }) => readyMs).toFixed(0)} ms`,
        over(({ readyMs }) => readyMs),
        ...(listens
          ? [
              `${of(({ cpuMs }) => cpuMs).toFixed(0)} ms`,
              over(({ cpuMs }) => cpuMs),
              `${(of(({ idleBytes }) => idleBytes) / 1024 / 1024).toFixed(0)} MiB`,
            ]
          : []),
      ];
    });
    const headings = ['process', 'ready', 'times fastify', 'processor', 'times fastify by processor', 'idle memory'];
    return table(headings, rows);
  },
};
