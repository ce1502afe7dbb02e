import type { Bench } from './support/bench.js';
import { median, quantile, spread, table } from './support/figures.js';
import { drive } from './support/raw-client.js';
import { startServer } from './support/server-process.js';
import { pollsOf, submitTasks } from './support/tasks.js';

const TASKS = 2000;
/** So fast that every task is done before it is asked for. */
const AT_ONCE = '100000';

/** Polls at an easy pace, alone and while pictures are made as fast as they are fetched. */
export const pictures: Bench = {
  polls: true,
  title: 'Polls while pictures are painted and encoded, beside polls alone',
  async run({ rounds, seconds, customer }) {
    const server = await startServer('mock', { args: [customer.vendor, AT_ONCE], anyCore: true });
    try {
      const ids = await submitTasks(customer, server.port, TASKS);
      const polls = pollsOf(customer, ids);
      const pollFor = async (duration: number) => {
        const until = { seconds: duration };
        const { latenciesMs } = await drive({ port: server.port, requests: polls, connections: 4, until, restMs: 5 });
        return { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99) };
      };
      let asked = 0;
      const alone: { p50: number; p99: number }[] = [];
      const beside: { p50: number; p99: number }[] = [];
      let made = 0;
      for (let round = 0; round <= rounds; round += 1) {
        const quiet = await pollFor(seconds);
        // Each picture is another one, so that none comes out of the cache.
        const files = ids.slice(asked).map(customer.file);
        const [busy, fetched] = await Promise.all([
          pollFor(seconds),
          drive({ port: server.port, requests: files, connections: 2, until: { seconds } }),
        ]);
        asked = (asked + fetched.answers) % (TASKS / 2);
        if (round === 0) continue;
        alone.push(quiet);
        beside.push(busy);
        made += fetched.answers;
      }
      const row = (name: string, pick: (one: { p50: number; p99: number }) => number) => [
        name,
        `${median(alone.map(pick)).toFixed(2)} ms`,
        `${median(beside.map(pick)).toFixed(2)} ms`,
        spread(beside.map((one, round) => pick(one) / pick(alone[round] as { p50: number; p99: number }))),
      ];
      const rows = [row('p50', ({ p50 }) => p50), row('p99', ({ p99 }) => p99)];
      return `${table(['polls', 'alone', 'beside pictures', 'ratio'], rows)}\n\n${made} pictures were made.`;
    } finally {
      await server.stop();
    }
  },
};
