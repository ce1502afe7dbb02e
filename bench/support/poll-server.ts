/**
 * The leanest server of one polled vendor, in a process of its own: templates instead of JSON.stringify, no check of
 * anything. By its arguments it waits before each answer, or stands still now and then:
 * `tsx bench/support/poll-server.ts [--latency MS] [--stall MS --every MS] [--task MS]`.
 */
import { createServer, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '0' },
    stall: { type: 'string', default: '0' },
    every: { type: 'string', default: '5000' },
    task: { type: 'string', default: '1000000000' },
  },
});
const latencyMs = Number(values.latency);
const stallMs = Number(values.stall);
const everyMs = Number(values.every);
const taskMs = Number(values.task);

/** When the n-th task is ready. */
const readyAt: number[] = [];
const held: (() => void)[] = [];
let stalled = false;
const startedAt = performance.now();

/** The stalls stand on a fixed grid from the start, whatever a timer is late by. */
function stallFor(count: number): void {
  const from = startedAt + count * everyMs;
  setTimeout(() => {
    stalled = true;
    setTimeout(
      () => {
        stalled = false;
        for (const answer of held.splice(0)) answer();
        stallFor(count + 1);
      },
      from + stallMs - performance.now(),
    );
  }, from - performance.now());
}
if (stallMs > 0) stallFor(1);

/** When each request arrived (Unix milliseconds), and how long it was held, since somebody last asked for them. */
let heldFor: { readonly at: number; readonly method: string; readonly ms: number }[] = [];

function percentilesOf(query: URLSearchParams): object {
  const from = Number(query.get('from') ?? 0);
  const method = query.get('method');
  const sorted = heldFor
    .filter((one) => one.at >= from && (method === null || one.method === method))
    .map(({ ms }) => ms)
    .sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

function send(response: ServerResponse, method: string, text: string, headers: Record<string, string> = {}): void {
  const arrivedAt = performance.now();
  const answer = () => {
    const ms = performance.now() - arrivedAt;
    if (latencyMs > 0) heldFor.push({ at: performance.timeOrigin + arrivedAt, method, ms });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length, ...headers });
    response.end(text);
  };
  const onTime = () => {
    if (stalled) held.push(answer);
    else answer();
  };
  if (latencyMs > 0) setTimeout(onTime, latencyMs);
  else onTime();
}

const server = createServer((request, response) => {
  const url = request.url ?? '/';
  if (request.method === 'POST') {
    request.resume();
    readyAt.push(Date.now() + taskMs);
    return send(
      response,
      'POST',
      `{"code":200,"data":{"task_id":"n36t${readyAt.length}gptimg","status":"IN_PROGRESS"}}`,
    );
  }
  if (url.startsWith('/held')) {
    const told = JSON.stringify(percentilesOf(new URL(url, 'http://127.0.0.1').searchParams));
    heldFor = [];
    return response.end(told);
  }
  const id = url.slice(url.lastIndexOf('=') + 1);
  const ready = readyAt[Number(id.slice(4, -6)) - 1] ?? Number.POSITIVE_INFINITY;
  if (Date.now() < ready)
    return send(
      response,
      'GET',
      `{"code":200,"data":{"task_id":"${id}","status":"IN_PROGRESS","consumed_credits":10,"created_at":"2025-01-01T00:00:00Z"}}`,
    );
  send(
    response,
    'GET',
    `{"code":200,"data":{"task_id":"${id}","status":"SUCCESS","consumed_credits":10,"response":["http://127.0.0.1/1.png"]}}`,
    { 'x-proofsheet-ready-at': String(ready) },
  );
});
// Thousands of sockets wait for their next poll longer than the usual five seconds.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4096, () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
