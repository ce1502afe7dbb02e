/** Scenarios by name in real time: what a mock of ours can be told, what only virtual time can, and why. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixed } from '../../src/core/polling.js';
import { mockKey } from '../../src/entry/keys.js';
import { createMock } from '../../src/entry/mock.js';
import { poissonArrivals } from '../../src/load/arrivals/poisson.js';
import { runLoad } from '../../src/load/run-load.js';
import { asMockScenario } from '../../src/load/scenarios/for-mock.js';
import { checkLength, leftOutInRealTime } from '../../src/load/scenarios/in-real-time.js';
import { loadScenarios, scenarioNamed } from '../../src/load/scenarios/named.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { contractOf } from '../client/fake-vendor.js';
import { clockInside } from '../support/in-process.js';
import { engineTransport } from './engine-transport.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const onMock = ['steady', 'outage', 'shared-limit', 'slow-tail', 'lost-callbacks', 'soak'];

async function fileOf(id: string): Promise<string> {
  const file = join(folder, `${id}.json`);
  await writeFile(file, JSON.stringify(asMockScenario(scenarioNamed(id))));
  return file;
}

test.each(onMock)('%s is a scenario that a mock takes', async (id) => {
  await expect(createMock({ vendors: ['evolink'], scenario: await fileOf(id) })).resolves.toBeDefined();
});

test('of every other one it is said why a mock cannot behave so', () => {
  const others = loadScenarios.filter(({ id }) => !onMock.includes(id));
  expect(others.map(({ id }) => id)).toEqual(['burst', 'capacity']);
  const [burst, capacity] = others.map((scenario) => () => asMockScenario(scenario));
  expect(burst).toThrow(/the server of burst runs 50 tasks at once and lets the others queue, and a mock does not/);
  expect(capacity).toThrow(/the server of capacity answers 4 requests at once and lets the others wait/);
  expect(burst).toThrow(/Leave out --mock to run it in virtual time, or give --base-url/);
});

test('the outage of a mock is where the scenario has it', async () => {
  const { stages } = scenarioNamed('outage');
  const clock = createVirtualClock();
  const { engine } = await createMock({
    vendors: ['evolink'],
    clock: clockInside(clock),
    scenario: await fileOf('outage'),
  });
  const contract = await contractOf('evolink');
  const startedAt = clock.now();
  const failures: number[] = [];
  const report = await clock.run(() =>
    runLoad({
      contract,
      baseUrl: 'http://127.0.0.1:4010/evolink',
      apiKey: mockKey('evolink', 'test'),
      transport: engineTransport(engine),
      clock,
      rate: 4,
      arrivals: poissonArrivals(4),
      durationMs: 190_000,
      policy: fixed(2000),
      seed: 1,
      ...(stages === undefined ? {} : { stages }),
      onEvent: (event) => {
        if ((event.type === 'poll' || event.type === 'submit') && event.status === 502)
          failures.push(event.startedAt - startedAt);
      },
    }),
  );
  expect(failures.length).toBeGreaterThan(100);
  expect(Math.min(...failures)).toBeGreaterThanOrEqual(120_000);
  expect(Math.max(...failures)).toBeLessThan(150_000);
  const stage = (name: string) => report.stages?.find((one) => one.name === name);
  expect(stage('outage')?.timeToDetectMs).toBeNull();
  expect(stage('before')?.timeToDetectMs?.count).toBeGreaterThan(300);
  expect(stage('recovery')?.timeToDetectMs?.max).toBeGreaterThan(10_000);
});

test('what takes longer than anybody waits must be cut or simulated', () => {
  const tooLong = loadScenarios.filter((scenario) => {
    try {
      checkLength(scenario, false);
      return false;
    } catch {
      return true;
    }
  });
  expect(tooLong.map(({ id }) => id)).toEqual(['slow-tail', 'soak']);
  expect(() => checkLength(scenarioNamed('soak'), true)).not.toThrow();
});

test('what a run in real time leaves out is told', () => {
  const told = (id: string, ownMock: boolean, isCalled: boolean) =>
    leftOutInRealTime(scenarioNamed(id), { ownMock, isCalled }).map((text) => text.split(':')[0]);
  expect(told('steady', true, false)).toEqual(['the latency of its server']);
  expect(told('steady', false, false)).toEqual(['its server']);
  expect(told('lost-callbacks', true, true)).toEqual(['the latency of its server', 'the delay of calls']);
  expect(told('slow-tail', true, false)).toContain('users who ask again for what they gave up');
});
