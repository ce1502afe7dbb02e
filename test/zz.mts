import { customerOf } from '../bench/support/customers.js';
import { pinClient, startServer } from '../bench/support/server-process.js';
import { drive } from '../bench/support/raw-client.js';
import { pollsOf, submitTasks } from '../bench/support/tasks.js';
import { quantile, median } from '../bench/support/figures.js';
pinClient();
const customer = customerOf('gptimage15');
const N = Number(process.argv[2] ?? 300000), secs = Number(process.argv[3] ?? 4), rounds = Number(process.argv[4] ?? 5);
const prof = process.argv[5] ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof', '--cpu-prof-interval=300'] : [];
const small = await startServer('mock', { nodeArgs: ['--expose-gc'], args: ['gptimage15'] });
const large = await startServer('mock', { nodeArgs: ['--expose-gc', ...prof], args: ['gptimage15'] });
const smallIds = await submitTasks(customer, small.port, 1000);
const ids = await submitTasks(customer, large.port, N);
console.log('rss', (await large.usage('collect')).rssBytes / 1e6);
const all = async (server: any, ids: string[], label: string) => {
  const step = Math.max(1, Math.floor(ids.length / 20000));
  const requests = pollsOf(customer, ids.filter((_, i) => i % step === 0));
  const before = await server.usage();
  const { latenciesMs, answers } = await drive({ port: server.port, requests, connections: 1, until: { seconds: secs } });
  const after = await server.usage();
  return { p50: quantile(latenciesMs, 0.5), cpu: (after.cpuMicros - before.cpuMicros) / answers };
};
const r: any[] = [];
for (let i = 0; i < rounds; i++) {
  const a = await all(small, smallIds, 'small'), b = await all(large, ids, 'large');
  console.log('p50', a.p50.toFixed(4), b.p50.toFixed(4), (b.p50 / a.p50).toFixed(2), 'cpu', a.cpu.toFixed(1), b.cpu.toFixed(1), (b.cpu / a.cpu).toFixed(2));
  r.push(b.p50 / a.p50);
}
console.log('median ratio', median(r).toFixed(3));
await Promise.all([small.stop(), large.stop()]);
process.exit(0);
