/** Runs one check again and again and says where two runs told different things. */

import type { CheckReport } from '../../src/core/check-report.js';
import { check } from '../../src/entry/conformance.js';
import { startMock } from '../../src/entry/mock.js';
import { createRng } from '../../src/platform/random.js';
import { faultsOf } from '../mutation/cases.js';
import { judgeMock } from './judge.js';

/** What must be equal from run to run, to the word. Only the order of tasks beside each other, and with it ids of exchanges, is free. */
export function toldBy({ verdict, checks, findings, summary }: CheckReport): string {
  return JSON.stringify(
    {
      verdict,
      tasks: summary.tasks,
      requests: summary.requests,
      checks: checks.map(({ id, verdict: own, reason, observations }) => [id, own, reason, observations]),
      findings: findings.map(({ evidence: { expected, observed }, baseline: _, curl: __, ...told }) => [
        told,
        expected,
        observed,
      ]),
    },
    null,
    1,
  );
}

/**
 * What must be equal in real time as well. Whether a task was seen running before it ended is a matter of the machine's
 * mood: a check that says "not observed" then has not changed its mind.
 */
export function accusedBy({ verdict, findings, summary }: CheckReport): string {
  const places = findings.map(({ check: id, severity, ledger, operation, pointer }) => [
    id,
    severity,
    ledger,
    operation,
    pointer,
  ]);
  return JSON.stringify({ verdict, tasks: summary.tasks, findings: places }, null, 1);
}

/** The clean mock, and some of its faults, drawn by the vendor's name. */
export async function flakeTargets(vendor: string, faults: number): Promise<readonly (readonly string[])[]> {
  const rng = createRng('flake', vendor);
  const left = [...(await faultsOf(vendor))];
  const drawn = Array.from({ length: faults }, () => left.splice(rng.integer(0, left.length - 1), 1));
  return [[], ...drawn];
}

/** What the runs told that told something else than the first, each as what it has and what it lacks. */
export async function differences(
  runs: number,
  run: () => Promise<CheckReport>,
  tell: (report: CheckReport) => string = toldBy,
): Promise<readonly string[]> {
  const first = tell(await run()).split('\n');
  const different: string[] = [];
  for (let index = 1; index < runs; index += 1) {
    const told = tell(await run()).split('\n');
    if (told.join('\n') === first.join('\n')) continue;
    const only = (some: readonly string[], others: readonly string[]) => some.filter((line) => !others.includes(line));
    different.push(`has ${only(told, first).join(' ')} and lacks ${only(first, told).join(' ')}`);
  }
  return different;
}

export function inProcess(vendor: string, faults: readonly string[]): () => Promise<CheckReport> {
  return () => judgeMock(vendor, faults, 7);
}

/**
 * Milliseconds for a request and for a task. A machine that is busy enough lets the encoder of a picture starve for five
 * seconds, and a download without an answer is rightly a finding.
 */
const patienceMs = 20_000;

/** A mock and a check of it over real sockets and in real time, a hundred times faster than the vendor. */
export function overSockets(vendor: string, faults: readonly string[]): () => Promise<CheckReport> {
  return async () => {
    const mock = await startMock({ vendors: [vendor], speed: 100, faults, seed: 7 });
    try {
      return await check(vendor, {
        baseUrl: mock.vendors[vendor] ?? '',
        seed: 7,
        cases: 'sample',
        timeout: patienceMs,
        failOn: 'note',
      });
    } finally {
      await mock.close();
    }
  };
}
