import { describe, expect, test } from 'vitest';
import { faults } from '../../mocks/faults/index.gen.js';
import { vendorIds } from '../../specs/index.gen.js';
import { checks } from '../../src/conformance/checks/index.gen.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { judgeMock } from '../support/judge.js';

const contracts = await Promise.all(vendorIds.map((id) => resolveContract(id)));
const cases = contracts.flatMap((contract) =>
  faults.filter((fault) => fault.applies(contract)).map((fault) => [contract.id, fault.id] as const),
);

/** Checks that trip on a fault, by fault, as far as the cases below have run. */
const tripped = new Map<string, Set<string>>();

describe('a clean mock is accused of nothing', () => {
  test.each(vendorIds)('%s', async (vendor) => {
    const report = await judgeMock(vendor);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('conformant');
  });
});

describe('each fault trips a check that names it, with facts and a way to see it again', () => {
  test.each(cases)('%s with %s', async (vendor, id) => {
    const report = await judgeMock(vendor, [id]);
    const expected = checks.filter((check) => check.faults.includes(id)).map((check) => check.id);
    const found = report.findings.map(({ check }) => check);
    expect(expected.filter((check) => found.includes(check))).not.toEqual([]);
    for (const check of found) tripped.set(id, (tripped.get(id) ?? new Set()).add(check));
    for (const finding of report.findings) {
      expect(finding.ledger).not.toEqual([]);
      expect(finding.curl).toContain('curl');
    }
  });
});

describe('every check is tripped by each fault that it names, on some vendor', () => {
  test.each(checks.flatMap((check) => check.faults.map((fault) => [check.id, fault] as const)))(
    '%s by %s',
    (check, fault) => {
      expect([...(tripped.get(fault) ?? [])]).toContain(check);
    },
  );
});
