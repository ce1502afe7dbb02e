import { expect, test } from 'vitest';
import { runCheck } from '../../src/conformance/run-check.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { judgePlain } from '../mutation/judge-plain.js';
import type { Quirk } from '../servers/kit.js';
import { pageServer } from './page-server.js';

/** Lets everything in that mentions a size, and nothing else that is wrong. */
const anySize: Quirk = { problem: (problem) => (problem?.includes("'size'") ? undefined : problem) };

async function fuzzed(quirk: Quirk, seed: number) {
  const report = await judgePlain('gptimage15', quirk, { seed, cases: 'all' });
  const findings = report.findings.filter(({ check }) => check === 'random-requests');
  return { report, findings };
}

test('a mistake that slips through is shrunk to a request with nothing else in it', async () => {
  const { report, findings } = await fuzzed(anySize, 3);
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  expect(finding).toMatchObject({ severity: 'error', pointer: '/size', ledger: ['G3'] });
  expect(finding?.message).toContain('proofsheet check gptimage15 --only fuzz-illegal --seed 3');
  const shown = report.exchanges.find(({ id }) => id === finding?.evidence.exchanges.at(-1));
  expect(Object.keys(JSON.parse(shown?.request.body ?? '{}')).sort()).toEqual(['prompt', 'size']);
  const sent = report.exchanges.filter(({ probe }) => probe === 'fuzz-illegal');
  expect(sent.length).toBeLessThanOrEqual(180);
});

test('a legal request that is refused is shrunk, too', async () => {
  const both: Quirk = {
    problem: (problem, body) =>
      problem ?? (body['quality'] === 'high' && 'images' in body ? 'not together' : undefined),
  };
  const { report, findings } = await fuzzed(both, 5);
  expect(findings.map(({ message }) => message).join()).toContain('--only fuzz-legal --seed 5');
  const shown = report.exchanges.find(({ id }) => id === findings[0]?.evidence.exchanges.at(-1));
  expect(JSON.parse(shown?.request.body ?? '{}')).toEqual({ prompt: expect.any(String), quality: 'high', images: [] });
});

test('equal seeds draw equal requests, another seed others', async () => {
  const drawn = async (seed: number) => {
    const { report } = await fuzzed({}, seed);
    return report.exchanges.filter(({ probe }) => probe.startsWith('fuzz-')).map(({ request }) => request.body);
  };
  const [one, again, other] = [await drawn(7), await drawn(7), await drawn(8)];
  expect(one.length).toBeGreaterThanOrEqual(190);
  expect(one).toEqual(again);
  expect(one).not.toEqual(other);
});

test('elsewhere than on this machine chance spends nothing', async () => {
  const clock = createVirtualClock();
  const contract = await resolveContract('gptimage15');
  const run = runCheck({
    contract,
    baseUrl: 'https://vendor.example',
    apiKey: 'sk-first',
    depth: 'full',
    seed: 1,
    timeout: 60_000,
    only: ['fuzz-legal', 'fuzz-illegal'],
    cases: 'all',
    wire: pageServer(clock, new Map()),
    clock,
    version: '0.0.0',
  });
  const first = await run.next();
  expect(first.value).toMatchObject({ type: 'started', plan: { ceiling: { tasks: 0 } } });
  const report = await clock.run(async () => {
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
    }
  });
  expect(report.summary.tasks).toBe(0);
  expect(report.exchanges.filter(({ probe }) => probe === 'fuzz-illegal')).toHaveLength(20);
});
