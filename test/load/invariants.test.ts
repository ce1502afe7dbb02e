/** What must be true of every run, held against targets that say otherwise. */
import { expect, test } from 'vitest';
import { ProofsheetError } from '../../src/core/errors.js';
import { fixed, webhook } from '../../src/core/polling.js';
import { mockKey } from '../../src/entry/keys.js';
import { startMock } from '../../src/entry/mock.js';
import { brokenAccount } from '../../src/load/account.js';
import { checkSums } from '../../src/load/metrics/invariants.js';
import { runLoad } from '../../src/load/run-load.js';
import { receiveCallbacks } from '../../src/platform/callback-receiver.js';
import { preciseClock } from '../../src/platform/precise-clock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { loadToConsole } from '../../src/report/load-console.js';
import { loadToHtml } from '../../src/report/load-html.js';
import { loadToMarkdown } from '../../src/report/load-markdown.js';
import { BASE, contractOf, createFakeVendor, KEY } from '../client/fake-vendor.js';

test('a server that shows tasks before they are ready is told so in every report', async () => {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock });
  const lying: typeof vendor.loadTransport = async (request) => {
    const answer = await vendor.loadTransport(request);
    return { ...answer, headers: { 'x-proofsheet-ready-at': String(clock.now() + 1000) } };
  };
  const target = { contract: await contractOf('gptimage15'), apiKey: KEY, baseUrl: BASE, transport: lying, clock };
  const report = await clock.run(() => runLoad({ ...target, seed: 1, rate: 5, tasks: 7, policy: fixed(500) }));
  expect(report.broken).toEqual(['7 tasks were detected before they were ready']);
  const told = /BROKEN.*7 tasks were detected before they were ready/;
  expect(loadToConsole(report, { color: false })).toMatch(told);
  expect(loadToMarkdown(report)).toMatch(told);
  expect(loadToHtml(report)).toMatch(told);
});

test('so is one that calls before the task is ready', async () => {
  const [contract, receiver, mock] = await Promise.all([
    contractOf('evolink'),
    receiveCallbacks({ clock: preciseClock }),
    startMock({ vendors: ['evolink'], speed: 20, callbackOddities: ['early'] }),
  ]);
  try {
    const target = { contract, baseUrl: mock.vendors['evolink'] ?? '', apiKey: mockKey('evolink', 'test'), receiver };
    const report = await runLoad({ ...target, policy: webhook(30_000), seed: 1, rate: 50, tasks: 5 });
    expect(report.broken).toEqual(['5 tasks were detected before they were ready']);
  } finally {
    await Promise.all([mock.close(), receiver.close()]);
  }
});

const account = (vendor: string, faults: readonly string[]) => async () => {
  const mock = await startMock({ vendors: [vendor], speed: 100, faults });
  try {
    const target = { contract: await contractOf(vendor), baseUrl: mock.vendors[vendor] ?? '', ownAccount: true };
    const key = mockKey(vendor, 'test');
    return await runLoad({ ...target, apiKey: key, policy: fixed(20), seed: 1, rate: 100, tasks: 10 });
  } finally {
    await mock.close();
  }
};

test.each(['evolink', 'apimart'])('what %s charges is what the tasks cost', async (vendor) => {
  expect((await account(vendor, [])()).broken).toBeUndefined();
  const { broken } = await account(vendor, ['charges-twice'])();
  expect(broken).toEqual([expect.stringMatching(/^the account was charged [\d.]+ \w+, its tasks cost [\d.]+$/)]);
});

test('tasks whose end nobody saw may cost or not', () => {
  const run = { before: 10, unit: 'credits', pricePerTask: 2.5, succeeded: 4, uncertain: 2 };
  for (const after of [20, 22.5, 25]) expect(brokenAccount({ ...run, after })).toEqual([]);
  expect(brokenAccount({ ...run, after: 27.5 })).toEqual([
    'the account was charged 17.5 credits, its tasks cost 10 to 15',
  ]);
  expect(brokenAccount({ ...run, after: undefined })).toEqual([]);
  expect(brokenAccount({ ...run, after: 99, pricePerTask: undefined })).toEqual([]);
});

test('a run that loses tasks is a fault of ours, not a report', () => {
  const tasks = { started: 5, succeeded: 2, failed: 1, cancelled: 0, abandoned: 0, live: 2 };
  expect(() => checkSums({ tasks })).not.toThrow();
  expect(() => checkSums({ tasks: { ...tasks, live: 1 } })).toThrow(ProofsheetError);
  expect(() => checkSums({ tasks: { ...tasks, live: 1 } })).toThrow(/5 tasks went in, 3 ended and 1 are live/);
});
