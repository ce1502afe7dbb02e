/** Calls that come over real sockets, in real time. */
import { afterEach, expect, test } from 'vitest';
import { check } from '../../src/entry/conformance.js';
import { type RunningMock, startMock } from '../../src/entry/mock.js';
import { mostCallBytes, receiveCallbacks } from '../../src/platform/callback-receiver.js';
import { systemClock } from '../../src/platform/clock.js';

let mock: RunningMock | undefined;
afterEach(async () => {
  await mock?.close();
  mock = undefined;
});

const secret = 'whsec_cHJvb2ZzaGVldC1jYWxscy1iYWNr';

test('a check receives what a mock sends, and writes it down without the key', async () => {
  mock = await startMock({ vendors: ['evolink'], speed: 200, callbackSecret: secret });
  const report = await check('evolink', {
    baseUrl: mock.vendors['evolink'] ?? '',
    only: ['callbacks', 'callback-delivered', 'callback-equals-poll', 'callback-retried', 'callback-signed'],
    callbackSecret: secret,
  });
  expect(report.findings).toEqual([]);
  const passed = report.checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
  expect(passed).toEqual(['callback-delivered', 'callback-equals-poll', 'callback-retried', 'callback-signed']);
  expect(report.callbacks?.map(({ answered }) => answered)).toEqual([500, 200]);
  expect(report.journeys?.find(({ probe }) => probe === 'callbacks')?.callbacks).toEqual(['c1', 'c2']);
  expect(JSON.stringify(report)).not.toContain('sk-evolink-test');
});

test('away from this machine an address needs the port that it leads to', async () => {
  const settings = { baseUrl: 'https://api.example.com', apiKey: 'sk-x', depth: 'full' as const };
  await expect(check('evolink', { ...settings, callbackUrl: 'https://hooks.example.com' })).rejects.toThrow(
    /--callback-port/,
  );
  await expect(check('evolink', { ...settings, callbackUrl: 'hooks' })).rejects.toThrow(/must be an http or https/);
});

test('a receiver keeps only the beginning of a long call', async () => {
  const receiver = await receiveCallbacks({ clock: systemClock });
  const seen: [number, boolean][] = [];
  receiver.listen(({ body, truncated }) => {
    seen.push([body.byteLength, truncated]);
    return 202;
  });
  const answer = await fetch(`${receiver.url}/any`, { method: 'POST', body: 'x'.repeat(mostCallBytes * 4) });
  expect(answer.status).toBe(202);
  expect(seen).toEqual([[mostCallBytes, true]]);
  await receiver.close();
  await expect(fetch(receiver.url)).rejects.toThrow();
});

test('a port that is taken is told', async () => {
  const receiver = await receiveCallbacks({ clock: systemClock });
  const port = Number(new URL(receiver.url).port);
  await expect(receiveCallbacks({ clock: systemClock, port })).rejects.toThrow(`port ${port}`);
  await receiver.close();
});
