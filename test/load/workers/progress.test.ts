/** What is told of a shared load while it runs, and of how well each worker kept up. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixed } from '../../../src/core/polling.js';
import type { Arrivals } from '../../../src/load/arrivals.js';
import { judgeWorkers } from '../../../src/load/generator-health.js';
import { type LoadEvent, runLoad } from '../../../src/load/run-load.js';
import type { ShareOrder } from '../../../src/load/workers/messages.js';
import { runShare } from '../../../src/load/workers/run-share.js';
import { arrivalsAt } from '../../../src/load/workers/share.js';
import { KEY } from '../../client/fake-vendor.js';
import { contract } from '../fake-load.js';

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end('{"code":200,"data":{"task_id":"n36tabcgptimg","status":"IN_PROGRESS"}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const policy = fixed(100);
const target = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A worker that stays in this thread: its messages are copied all the same. */
function workerHere(order: ShareOrder, arrivals: 'constant' | Arrivals = 'constant') {
  const { port1, port2 } = new MessageChannel();
  void runShare(order, { contract, policy, arrivals }, port2);
  return {
    postMessage: (message: unknown) => port1.postMessage(message),
    on(event: string, listener: (given: never) => void) {
      if (event === 'message') port1.on('message', listener as () => void);
      return this as never;
    },
    terminate: async () => {
      port1.close();
      return 0;
    },
  };
}

test('the progress is that of all workers, once a second, and so is the report', async () => {
  const seen: Extract<LoadEvent, { type: 'progress' }>[] = [];
  const report = await runLoad({
    ...{ contract, policy, baseUrl: target(), apiKey: KEY, seed: 1, rate: 40, maxTasks: 100, durationMs: 3300 },
    workers: { count: 3, start: (order) => workerHere(order) },
    onEvent: (event) => event.type === 'progress' && seen.push(event),
  });
  expect(report).toMatchObject({ workers: 3, tasks: { started: 100, live: 100 } });
  expect(report.latencyMs.poll.count).toBe(report.polls.total);
  expect(seen.length).toBeGreaterThanOrEqual(2);
  expect(seen.length).toBeLessThanOrEqual(4);
  for (const { elapsedMs, tasks, live } of seen.slice(0, 2)) {
    expect(live.inFlight).toBe(tasks.started);
    // Any two of the three workers would have started less.
    expect(tasks.started).toBeGreaterThan((elapsedMs / 1000) * 40 * 0.7);
    expect(live.requestsPerSecond).toBeGreaterThan(40);
    expect(live.p99Ms).toBeGreaterThan(0);
  }
});

test('a worker with nothing to tell yet holds no progress up', async () => {
  const arrivals = arrivalsAt(Float64Array.of(0, 60_000));
  const seen: number[] = [];
  const report = await runLoad({
    ...{ contract, policy, baseUrl: target(), apiKey: KEY, seed: 1, rate: 1, arrivals, durationMs: 2400 },
    workers: { count: 2, start: (order) => workerHere(order, arrivals) },
    onEvent: (event) => event.type === 'progress' && seen.push(event.live.inFlight),
  });
  expect(report.tasks).toMatchObject({ started: 1, live: 1 });
  expect(seen).toContain(1);
});

test('one worker that cannot keep up spoils the figures, and is named', () => {
  const well = { health: { eventLoopDelayP99Ms: 2, cpuShare: 0.4 }, lateStarts: 1, requests: 1000 };
  const fine = judgeWorkers({ eventLoopDelayP99Ms: 0, cpuShare: 1.7 }, [well, well]);
  expect(fine).toEqual({ lateStarts: 2, eventLoopDelayP99Ms: 2, cpuShare: 1.7, valid: true });
  const busy = { health: { eventLoopDelayP99Ms: 80, cpuShare: 0.97 }, lateStarts: 30, requests: 1000 };
  const { valid, reasons, lateStarts, eventLoopDelayP99Ms } = judgeWorkers({ eventLoopDelayP99Ms: 0, cpuShare: 1.7 }, [
    well,
    busy,
  ]);
  expect({ valid, lateStarts, eventLoopDelayP99Ms }).toEqual({ valid: false, lateStarts: 31, eventLoopDelayP99Ms: 80 });
  expect(reasons).toEqual([
    'worker 2: 3 % of the requests started late, more than 1 %',
    'worker 2: the event loop was 80 ms late (p99), more than 50 ms',
    'worker 2: the thread was busy 97 % of the time, more than 90 %',
  ]);
});
