import type { Bench } from './support/bench.js';
import type { Customer } from './support/customers.js';
import { median, quantile, spread, table } from './support/figures.js';
import { drive } from './support/raw-client.js';
import { type ServerProcess, startServer } from './support/server-process.js';
import { pollsOf, submitTasks } from './support/tasks.js';

const FEW = 1000;
const POLLED = 20_000;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

interface Polled {
  readonly p50Ms: number;
  readonly cpuMicrosEach: number;
}

/** Polls of tasks that are spread over the whole store, one after another. */
async function pollAll(
  customer: Customer,
  server: ServerProcess,
  ids: readonly string[],
  seconds: number,
): Promise<Polled> {
  const step = Math.max(1, Math.floor(ids.length / POLLED));
  const requests = pollsOf(
    customer,
    ids.filter((_, index) => index % step === 0),
  );
  const before = await server.usage();
  const { latenciesMs, answers } = await drive({ port: server.port, requests, connections: 1, until: { seconds } });
  const after = await server.usage();
  return { p50Ms: quantile(latenciesMs, 0.5), cpuMicrosEach: (after.cpuMicros - before.cpuMicros) / answers };
}

/** A store with a thousand tasks and one with many, side by side. */
export const memory: Bench = {
  polls: true,
  title: 'Memory of many live tasks with bodies of 100 bytes, and polls of tasks all over the store',
  async run({ tasks, rounds, seconds, customer }) {
    const options = { nodeArgs: ['--expose-gc'], args: [customer.vendor] };
    const small = await startServer('mock', options);
    const large = await startServer('mock', options);
    try {
      const smallIds = await submitTasks(customer, small.port, FEW);
      const smallBytes = await small.usage('collect');
      // The first few tasks warm the server up, so that what grows afterwards is the tasks.
      await submitTasks(customer, large.port, FEW);
      const before = await large.usage('collect');
      const ids = await submitTasks(customer, large.port, tasks, FEW);
      const after = await large.usage();
      const collected = await large.usage('collect');
      const few: Polled[] = [];
      const many: Polled[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const one = await pollAll(customer, small, smallIds, seconds);
        const other = await pollAll(customer, large, ids, seconds);
        // The first round only warms up.
        if (round > 0) few.push(one);
        if (round > 0) many.push(other);
      }
      const over = (pick: (polled: Polled) => number) =>
        spread(many.map((polled, round) => pick(polled) / pick(few[round] as Polled)));
      const each = (all: readonly Polled[]) => median(all.map(({ p50Ms }) => p50Ms)).toFixed(3);
      const grown = (usage: { rssBytes: number }) => megabytes(usage.rssBytes - before.rssBytes);
      const rows = [
        ['resident with a thousand tasks', megabytes(smallBytes.rssBytes)],
        [`${tasks} tasks, at the end of submits`, `${grown(after)} above that`],
        ['after a collection of garbage', `${grown(collected)} above that`],
        ['a task', `${Math.round((collected.rssBytes - before.rssBytes) / tasks)} bytes`],
        ['p50 of polls, few and many', `${each(few)} and ${each(many)} ms`],
        ['p50, many to few', over(({ p50Ms }) => p50Ms)],
        ['processor time of a poll, many to few', over(({ cpuMicrosEach }) => cpuMicrosEach)],
      ];
      return table(['what', 'figure'], rows);
    } finally {
      await Promise.all([small.stop(), large.stop()]);
    }
  },
};
