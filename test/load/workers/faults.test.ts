/** What cannot be shared is refused, and a worker that dies is no result. */
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { ProofsheetError, UsageError } from '../../../src/core/errors.js';
import { exitCodes } from '../../../src/core/exit-codes.js';
import { fixed, webhook } from '../../../src/core/polling.js';
import { type RunLoadOptions, runLoad } from '../../../src/load/run-load.js';
import { createVirtualClock } from '../../../src/platform/virtual-clock.js';
import { BASE, KEY } from '../../client/fake-vendor.js';
import { contract } from '../fake-load.js';

const run = (count: number, code: string, more: Partial<RunLoadOptions> = {}) =>
  runLoad({
    ...{ contract, apiKey: KEY, baseUrl: BASE, seed: 1, rate: 10, tasks: 4, policy: fixed(50) },
    workers: { count, start: (order) => new Worker(code, { eval: true, workerData: order }) },
    ...more,
  });

const ready = "const { parentPort } = require('node:worker_threads'); parentPort.postMessage({ type: 'ready' });";

test.each([
  ['throws', "throw new Error('out of luck');", /Worker [12] of the load died: out of luck/],
  ['throws later', `${ready} parentPort.on('message', () => { throw new Error('late') });`, /died: late/],
  ['ends', `${ready} parentPort.on('message', () => process.exit(7));`, /ended too early, with code 7/],
])('a worker that %s ends the run as a fault of ours', async (_, code, message) => {
  const error = await run(2, code).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProofsheetError);
  expect(error).toMatchObject({ exitCode: exitCodes.internal, message: expect.stringMatching(message) });
  expect(String(error)).not.toContain(KEY);
});

test('figures that cannot be read end the run, too', async () => {
  const work = run(2, `${ready} parentPort.on('message', () => parentPort.postMessage({ type: 'end' }));`);
  await expect(work).rejects.toThrow(TypeError);
});

test.each([
  ['calls', 2, { policy: webhook(1000) }, /webhook:1000ms waits to be called back, and calls come to one place/],
  ['virtual time', 2, { clock: createVirtualClock() }, /Workers have the clock and the connections of this machine/],
  ['a transport', 2, { transport: () => Promise.reject(new Error('unused')) }, /give them no others/],
  ['one worker', 1, {}, /shared by 2 to 64 workers, not by 1/],
  ['half a worker', 2.5, {}, /not by 2\.5/],
  ['another machine', 2, { baseUrl: 'http://vendor.test', allowRemote: true }, /needs a ceiling: give a time/],
])('%s cannot be shared', async (_, count, more, message) => {
  const work = run(count, 'throw new Error("was started")', more);
  await expect(work).rejects.toThrow(UsageError);
  await expect(work).rejects.toThrow(message);
});
