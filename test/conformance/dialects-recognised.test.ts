/** A server in another dialect is judged by it, and the report says so; a server that breaks the contract speaks none. */
import { describe, expect, test } from 'vitest';
import { readingsOf, resolveContract } from '../../src/entry/contracts.js';
import { judgeMock } from '../support/judge.js';

/** A mock with faults or in a dialect, judged by somebody who knows only the documented reading and where the others are. */
async function judged(vendor: string, dialects: readonly string[], faults: readonly string[] = []) {
  const [contract, readings] = await Promise.all([resolveContract(vendor), readingsOf(vendor)]);
  return judgeMock(vendor, faults, 1, dialects, { contract, readings });
}

describe('a dialect that shows is named, and what it explains is no finding', () => {
  test.each([
    ['apigo', 'lenient'],
    ['apimart', 'versioned'],
    ['evolink', 'few-fields'],
    ['gptimage15', 'json-string'],
    ['gptimage15', 'older-page'],
  ])('%s: %s', async (vendor, dialect) => {
    const report = await judged(vendor, [dialect]);
    expect(report.findings).toEqual([]);
    expect(report.dialects?.map(({ id }) => id)).toEqual([dialect]);
    const known = new Set(report.exchanges.map(({ id }) => id));
    expect(report.dialects?.flatMap(({ exchanges }) => exchanges).filter((id) => !known.has(id))).toEqual([]);
    expect(report.dialects?.[0]?.exchanges).not.toEqual([]);
  });
});

describe('a dialect that cannot be told from the documented reading is neither named nor accused', () => {
  test.each([['gptimage15', 'pending-first']])('%s: %s', async (vendor, dialect) => {
    const report = await judged(vendor, [dialect]);
    expect(report.findings).toEqual([]);
    expect(report.dialects).toBeUndefined();
  });
});

test('two dialects at once are both named', async () => {
  const report = await judged('evolink', ['default-model', 'integer-error-codes']);
  expect(report.findings).toEqual([]);
  expect(report.dialects?.map(({ id }) => id)).toEqual(['default-model', 'integer-error-codes']);
});

describe('a server that is wrong in one thing is not taken for one that speaks otherwise', () => {
  test.each([
    ['evolink', 'missing-field'],
    ['evolink', 'wrong-error-envelope'],
    ['apigo', 'accepts-invalid'],
  ])('%s with %s', async (vendor, fault) => {
    const report = await judged(vendor, [], [fault]);
    expect(report.dialects).toBeUndefined();
    expect(report.verdict).toBe('violations');
  });
});

test('where it was said which dialect is meant, no other is tried', async () => {
  const contract = await resolveContract('evolink', ['few-fields']);
  const report = await judgeMock('evolink', [], 1, [], { contract });
  expect(report.dialects?.map(({ id }) => id)).toEqual(['few-fields']);
});
