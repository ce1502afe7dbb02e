/**
 * Every fault is caught, every check is tripped, and every fact that can be seen from outside is proved: some fault
 * breaks it and some check says so, by name.
 */
import { describe, expect, test } from 'vitest';
import { faults } from '../../mocks/faults/index.gen.js';
import { vendorIds } from '../../specs/index.gen.js';
import { checks } from '../../src/conformance/checks/index.gen.js';
import { dialectNames } from '../../src/contract/dialects.js';
import type { CheckReport, Finding } from '../../src/core/check-report.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { explainFacts } from '../../src/entry/explain.js';
import { judgeMock } from '../support/judge.js';
import { argumentGroups, negativesAt } from './argument-groups.js';

/** What no page forbids in so many words is asked by whole runs only, which the cases here are not. */
const inWholeRuns = 'H2i';

const contracts = await Promise.all(vendorIds.map((id) => resolveContract(id)));
const cases = contracts.flatMap((contract) =>
  faults.filter((fault) => fault.applies(contract)).map((fault) => [contract.id, fault.id] as const),
);
/** Faults that no documented reading leaves room for, with a dialect that does. */
const spoken = (
  await Promise.all(
    contracts.map(async (contract) => {
      const dialects = await Promise.all(
        (await dialectNames(contract.file)).map((name) => resolveContract(contract.id, name)),
      );
      return faults.flatMap((fault): [string, string, string][] => {
        const isUsual = contracts.some((one) => fault.applies(one));
        const [first] = isUsual ? [] : dialects.filter((dialect) => fault.applies(dialect));
        return first === undefined ? [] : [[contract.id, fault.id, first.dialects.join(' ')]];
      });
    }),
  )
).flat();
const groups = contracts.flatMap((contract) =>
  argumentGroups(contract).map((group) => [contract.id, group.fault, group.title, group.arguments] as const),
);

/** What was found, by vendor and fault, as far as the cases below have run. */
const found = new Map<string, Finding[]>();

function take(vendor: string, fault: string, { findings }: CheckReport): readonly Finding[] {
  const slot = `${vendor} ${fault}`;
  found.set(slot, [...(found.get(slot) ?? []), ...findings]);
  return findings;
}

/** The findings of those checks that a fault must trip. */
function caught(vendor: string, fault: string): readonly Finding[] {
  const named = checks.filter((check) => check.faults.includes(fault)).map(({ id }) => id);
  return (found.get(`${vendor} ${fault}`) ?? []).filter(({ check }) => named.includes(check));
}

describe('a clean mock is accused of nothing', () => {
  test.each(vendorIds)('%s', async (vendor) => {
    const report = await judgeMock(vendor);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('conformant');
  });
});

describe('each fault trips a check that names it, with facts and a way to see it again', () => {
  test.each(cases)('%s with %s', async (vendor, id) => {
    const findings = take(vendor, id, await judgeMock(vendor, [id]));
    expect(caught(vendor, id)).not.toEqual([]);
    for (const finding of findings) {
      expect(finding.ledger).not.toEqual([]);
      expect(finding.curl).toContain('curl');
    }
  });
});

describe('each fault of another reading trips a check that names it', () => {
  test.each(spoken)('%s with %s in the dialect %s', async (vendor, id, dialect) => {
    take(vendor, id, await judgeMock(vendor, [id], 1, [dialect]));
    expect(caught(vendor, id)).not.toEqual([]);
  });
});

describe('each fault is seen at each place that it is pointed at', () => {
  test.each(groups)('%s with %s at %s: %j', async (vendor, id, _, places) => {
    take(
      vendor,
      id,
      await judgeMock(
        vendor,
        places.map((place) => `${id}=${place}`),
      ),
    );
    expect(caught(vendor, id)).not.toEqual([]);
  });
});

describe('every check is tripped by each fault that it names, on some vendor', () => {
  test.each(checks.flatMap((check) => check.faults.map((fault) => [check.id, fault] as const)))(
    '%s by %s',
    (check, fault) => {
      const by = vendorIds.flatMap((vendor) => caught(vendor, fault).map((finding) => finding.check));
      expect(by).toContain(check);
    },
  );
});

describe('every constraint on a request is proved', () => {
  test.each(contracts.map((contract) => [contract.id, contract] as const))(
    '%s, by what is accepted',
    (id, contract) => {
      const findings = caught(id, 'accepts-invalid');
      const isCited = (pointer: string, fact: string) =>
        findings.some(
          (one) => one.check === 'constraint-refused' && one.pointer === pointer && one.ledger.includes(fact),
        );
      const unproved = negativesAt(contract).flatMap(({ pointer, facts, what }) =>
        facts.filter((fact) => !isCited(pointer, fact)).map((fact) => `${fact} at ${what}`),
      );
      expect(unproved).toEqual([]);
    },
  );
});

describe('every fact that can be seen from outside is proved', () => {
  const rows = contracts.flatMap((contract) =>
    explainFacts(contract)
      .filter(({ id, unobservable, faults: by }) => id !== inWholeRuns && unobservable === undefined && by.length > 0)
      .map((fact) => [contract.id, fact.id, fact.faults.join(', '), fact.faults] as const),
  );
  test.each(rows)('%s %s by one of %s', (vendor, fact, _, by) => {
    expect(by.filter((fault) => caught(vendor, fault).some(({ ledger }) => ledger.includes(fact)))).not.toEqual([]);
  });

  test(`${inWholeRuns} by accepts-invalid, in a whole run`, async () => {
    const { findings } = await judgeMock('gptimage15', ['accepts-invalid'], 1, [], { cases: 'all' });
    expect(findings.filter(({ ledger }) => ledger.includes(inWholeRuns))).not.toEqual([]);
  });

  // A vendor that has nothing to break for a common fact leaves it to the others.
  const elsewhere = new Set(rows.map(([, fact]) => fact));

  test.each(contracts.map((contract) => [contract.id, contract] as const))('none of %s is left out', (_, contract) => {
    const open = explainFacts(contract).filter(
      ({ id, unobservable, faults: by }) =>
        unobservable === undefined && by.length === 0 && !elsewhere.has(id) && id !== inWholeRuns,
    );
    expect(open.map(({ id, says }) => `${id}: ${says}`)).toEqual([]);
  });
});
