import type { BenchOptions } from './bench.js';
import { median, percent, quantile, spread, table } from './figures.js';
import { type Drive, drive } from './raw-client.js';
import { type ServerProcess, startServer } from './server-process.js';

type Load = Pick<Drive, 'requests' | 'connections'>;

interface Round {
  readonly perSecond: number;
  readonly cpuMicrosEach: number;
  readonly serverBusy: number;
  readonly clientBusy: number;
  readonly p99Ms: number;
}

async function measure(server: ServerProcess, load: Load, seconds: number): Promise<Round> {
  const before = await server.usage();
  const driven = await drive({ port: server.port, ...load, until: { seconds } });
  const after = await server.usage();
  const cpuMicros = after.cpuMicros - before.cpuMicros;
  return {
    perSecond: driven.answers / driven.seconds,
    cpuMicrosEach: cpuMicros / driven.answers,
    serverBusy: cpuMicros / 1e6 / driven.seconds,
    clientBusy: driven.clientBusy,
    p99Ms: quantile(driven.latenciesMs, 0.99),
  };
}

/** Enough answers that everything is compiled, however slow the machine is just now; for a slow server, enough time. */
async function warmUp({ port }: ServerProcess, load: Load): Promise<void> {
  await drive({ port, ...load, until: { answers: 30_000, seconds: 10 } });
}

/** Drives several servers in alternating rounds and sets each beside the first. `prepare` makes a server's requests. */
export async function sideBySide(
  { rounds, seconds, beside, customer }: BenchOptions,
  prepare: (server: ServerProcess) => Promise<Load>,
  compared: 'throughput' | 'p99',
): Promise<string> {
  const servers: ServerProcess[] = [];
  try {
    for (const name of ['bare', 'mock', ...beside]) servers.push(await startServer(name, { args: [customer.vendor] }));
    const loads = new Map<ServerProcess, Load>();
    for (const server of servers) loads.set(server, await prepare(server));
    const measured = new Map<ServerProcess, Round[]>(servers.map((server) => [server, []]));
    // The order turns, so that no server always comes after the same one.
    for (let round = 0; round <= rounds; round += 1)
      for (const index of servers.keys()) {
        const server = servers[(index + round) % servers.length] as ServerProcess;
        const load = loads.get(server) as Load;
        if (round === 0) await warmUp(server, load);
        else measured.get(server)?.push(await measure(server, load, seconds));
      }
    const bare = measured.get(servers[0] as ServerProcess) ?? [];
    const over = (own: readonly Round[], pick: (one: Round, yardstick: Round) => number) =>
      own.map((one, index) => pick(one, bare[index] as Round));
    const rows = [...measured].map(([{ name }, own]) => [
      name,
      compared === 'p99'
        ? `${median(own.map((one) => one.p99Ms)).toFixed(2)} ms`
        : `${Math.round(median(own.map((one) => one.perSecond)))}/s`,
      compared === 'p99'
        ? spread(over(own, (one, yardstick) => one.p99Ms / yardstick.p99Ms))
        : spread(over(own, (one, yardstick) => one.perSecond / yardstick.perSecond)),
      `${median(own.map((one) => one.cpuMicrosEach)).toFixed(1)} us`,
      spread(over(own, (one, yardstick) => yardstick.cpuMicrosEach / one.cpuMicrosEach)),
      percent(median(own.map((one) => one.serverBusy))),
      percent(median(own.map((one) => one.clientBusy))),
    ]);
    const what = compared === 'p99' ? ['p99', 'times bare'] : ['answers', 'ratio to bare'];
    return table(['server', ...what, 'processor each', 'ratio by processor', 'server busy', 'client busy'], rows);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
