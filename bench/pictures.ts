import { once } from 'node:events';
import type { Bench } from './support/bench.js';
import { median, quantile, spread, table } from './support/figures.js';
import type { Fetch } from './support/picture-client.js';
import { drive } from './support/raw-client.js';
import { startBeside, startServer } from './support/server-process.js';
import { pollsOf, submitTasks } from './support/tasks.js';

const TASKS = 2000;
/** So fast that every task is done before it is asked for. */
const AT_ONCE = '100000';

interface Latencies {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Polls at an easy pace: alone; while pictures that are known are fetched and a stranger keeps a core as busy as an encoder
 * does; and while pictures are made as fast as they are fetched. What known pictures and a stranger cost is the machine's,
 * what making them costs beyond that is ours. All but the client of the polls shares one core.
 */
export const pictures: Bench = {
  polls: true,
  title: 'Polls while pictures are painted and encoded, beside polls alone and beside other work',
  async run({ rounds, seconds, customer }) {
    const server = await startServer('mock', { args: [customer.vendor, AT_ONCE] });
    const stranger = startBeside('busy-stranger.ts');
    const client = startBeside('picture-client.ts', [String(server.port), customer.vendor]);
    try {
      await once(stranger, 'message');
      stranger.kill('SIGSTOP');
      const ids = await submitTasks(customer, server.port, TASKS);
      const polls = pollsOf(customer, ids);
      const pollFor = async (): Promise<Latencies> => {
        const { latenciesMs } = await drive({
          port: server.port,
          requests: polls,
          connections: 4,
          until: { seconds },
          restMs: 5,
        });
        return { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99) };
      };
      const besideFetches = async (wanted: readonly string[], restMs: number) => {
        client.send({ ids: wanted, seconds, restMs } satisfies Fetch);
        const [latencies, [fetched]] = await Promise.all([pollFor(), once(client, 'message') as Promise<[number]>]);
        return { latencies, fetched };
      };
      let asked = 0;
      let made = 0;
      let paceMs = 50;
      const besideStranger = async (): Promise<Latencies> => {
        stranger.kill('SIGCONT');
        const { latencies } = await besideFetches(ids.slice(-1), paceMs).finally(() => stranger.kill('SIGSTOP'));
        return latencies;
      };
      const besidePictures = async (): Promise<Latencies> => {
        // Each picture is another one, so that none comes out of the cache.
        const { latencies, fetched } = await besideFetches(ids.slice(asked, -1), 0);
        asked = (asked + fetched) % (TASKS / 2);
        made += fetched;
        // Known pictures are fetched at the same pace.
        paceMs = (2 * seconds * 1000) / Math.max(1, fetched);
        return latencies;
      };
      const measured: { alone: Latencies; stranger: Latencies; pictures: Latencies }[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const figures = {
          alone: await pollFor(),
          stranger: await besideStranger(),
          pictures: await besidePictures(),
        };
        // The first round only warms up.
        if (round > 0) measured.push(figures);
      }
      const row = (name: 'p50' | 'p99') => {
        const of = (how: keyof (typeof measured)[number]) => measured.map((figures) => figures[how][name]);
        const over = (one: readonly number[], other: readonly number[]) =>
          spread(one.map((value, round) => value / (other[round] as number)));
        return [
          name,
          `${median(of('alone')).toFixed(2)} ms`,
          over(of('stranger'), of('alone')),
          over(of('pictures'), of('alone')),
          over(of('pictures'), of('stranger')),
        ];
      };
      const headings = [
        'polls',
        'alone',
        'known pictures and other work, times',
        'new pictures, times',
        'new over known',
      ];
      return `${table(headings, [row('p50'), row('p99')])}\n\n${made} pictures were made.`;
    } finally {
      stranger.kill('SIGKILL');
      client.kill();
      await server.stop();
    }
  },
};
