import type { ErrorKind } from '../../src/contract/async-task.js';
import { parseDuration } from '../../src/core/duration.js';
import { createRng } from '../../src/platform/random.js';
import type { Fault } from '../fault.js';
import { shareArgument } from '../fault-argument.js';
import { errorReply } from '../replies/error-reply.js';

const usual = { code: 502, share: 0.25, lengthMs: 2_000 };

interface Burst {
  readonly code: number;
  readonly share: number;
  readonly lengthMs: number;
}

function read(text: string): Burst | undefined {
  const [code = '', share = `${usual.share}`, length = `${usual.lengthMs}`, ...more] = text.split(',');
  if (!/^[45]\d\d$/.test(code) || more.length > 0) return undefined;
  if (shareArgument(usual.share).problem(share, []) !== undefined || !/^\d+(\.\d+)?(ms|s|m|h)?$/.test(length))
    return undefined;
  const lengthMs = parseDuration(length);
  return lengthMs > 0 ? { code: Number(code), share: Number(share), lengthMs } : undefined;
}

/** One burst in each stretch of time, somewhere in it: where is drawn from the seed. */
function isOn({ share, lengthMs }: Burst, seed: number, sinceStartMs: number): boolean {
  const stretch = lengthMs / share;
  const which = Math.floor(sinceStartMs / stretch);
  const begins = createRng(seed, 'error burst', which).next() * (stretch - lengthMs);
  const into = sinceStartMs - which * stretch;
  return into >= begins && into < begins + lengthMs;
}

const kinds: Readonly<Record<number, ErrorKind>> = { 429: 'rateLimited', 500: 'serverError', 502: 'badGateway' };

export const errorBurst: Fault = {
  id: 'error-burst',
  title: 'Answers nothing but errors, for a while and again and again',
  rationale: 'A client that tries again at once makes it worse, and one that gives up loses tasks that are running.',
  facts: ['H12'],
  argument: {
    syntax: 'CODE[,SHARE[,LENGTH]]',
    says: `The status, the share of the time and the length of one burst; ${usual.code}, ${usual.share} and ${usual.lengthMs / 1000}s without. The seed says when, the clock of the mock is what counts.`,
    example: '503,0.1,5s',
    problem: (text) =>
      read(text) === undefined ? 'is not CODE[,SHARE[,LENGTH]]: write for example 502 or 503,0.1,5s' : undefined,
  },
  applies: () => true,
  before({ contract, argument = `${usual.code}`, seed, sinceStartMs }) {
    const burst = read(argument);
    const { task } = contract.submit ?? {};
    if (burst === undefined || task === undefined || !isOn(burst, seed, sinceStartMs)) return undefined;
    const { code } = burst;
    const headers = code === 429 || code === 503 ? { 'retry-after': '1' } : {};
    return {
      ...errorReply(task, kinds[code] ?? 'serverError', 'The service is not available', { headers }),
      status: code,
    };
  },
};
