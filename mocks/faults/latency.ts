import { draw } from '../../src/core/lifecycle/distribution.js';
import type { Fault } from '../fault.js';
import { readDistribution } from '../fault-argument.js';

const usual = '15s';

export const latency: Fault = {
  id: 'latency',
  title: 'Takes its time for every answer',
  rationale:
    'A client without a time-out hangs, and one with a time-out tries again while its first request is still worked on.',
  facts: ['H17i'],
  argument: {
    syntax: 'DURATION | LEAST-MOST | p50:DURATION/p99:DURATION',
    says: `How long: always the same, anything between two, or log-normal by two quantiles; ${usual} without.`,
    example: 'p50:2s/p99:40s',
    problem: (text) =>
      readDistribution(text) === undefined ? 'is no duration or range: write 2s, 1s-5s or p50:1s/p99:20s' : undefined,
  },
  applies: () => true,
  async after(reply, { clock, rng, argument = usual }) {
    const distribution = readDistribution(argument);
    if (distribution !== undefined) await clock.sleep(draw(distribution, rng));
    return reply;
  },
};
