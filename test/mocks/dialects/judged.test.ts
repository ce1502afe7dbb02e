/** A judge with the reading of a dialect has nothing to say against a mock in it. */
import { describe, expect, test } from 'vitest';
import { contractFile, vendorIds } from '../../../specs/index.gen.js';
import { dialectNames } from '../../../src/contract/dialects.js';
import { judgeMock } from '../../support/judge.js';

/** What a judge finds in spite of the dialect: these readings break what any API owes. */
const accused: Readonly<Record<string, readonly string[]>> = {
  'balance-failure-200': ['missing-key-refused', 'wrong-key-refused'],
  'invalid-size-500': ['constraint-refused', 'random-requests', 'server-error'],
};

const all = await Promise.all(
  vendorIds.map(async (vendor) => (await dialectNames(contractFile(vendor))).map((name) => [vendor, name] as const)),
);

describe('a clean mock in a dialect is accused of nothing by a judge with that dialect', () => {
  test.each(all.flat())('%s %s', async (vendor, name) => {
    const report = await judgeMock(vendor, [], 1, [name]);
    expect([...new Set(report.findings.map(({ check }) => check))].sort()).toEqual(accused[name] ?? []);
  });
});
