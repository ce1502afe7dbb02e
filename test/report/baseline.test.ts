/** A baseline lets a team live with what it knows, and hides nothing that is new. */
import { expect, test } from 'vitest';
import { exitCodeFor } from '../../src/conformance/run-check.js';
import type { CheckReport, Finding } from '../../src/core/check-report.js';
import { UsageError } from '../../src/core/errors.js';
import { withBaseline, withoutKnown } from '../../src/report/baseline.js';
import { checkToConsole } from '../../src/report/check-console.js';
import { checkToJson } from '../../src/report/check-json.js';
import { checkToJunit } from '../../src/report/check-junit.js';
import { checkToMarkdown } from '../../src/report/check-markdown.js';
import { checkToSarif } from '../../src/report/check-sarif.js';
import { readCheckReport } from '../../src/report/read-check-report.js';
import { judgeMock } from '../support/judge.js';
import { conformant, findings, violating } from './fixtures.js';

const [note, error, warning] = findings as [Finding, Finding, Finding, Finding];
const withFindings = (some: readonly Finding[]): CheckReport => ({ ...violating, findings: some });

test('a finding is known by check, operation, place and facts, whatever else has changed', () => {
  const earlier = withFindings([
    { ...error, message: 'other words', severity: 'note', curl: '', evidence: { exchanges: [] } },
  ]);
  const compared = withBaseline(withFindings([error, note]), earlier, 'b.json');
  expect(compared.findings.map(({ check, baseline }) => [check, baseline])).toEqual([
    ['phase-order', 'known'],
    ['result-expiry-told', 'new'],
  ]);
  expect(compared.baseline).toMatchObject({ new: 1, known: 1, gone: [], notJudged: 0 });
  for (const change of [{ check: 'x' }, { operation: 'x' }, { pointer: '/x' }, { ledger: ['A10'] }])
    expect(withBaseline(withFindings([error]), withFindings([{ ...error, ...change }]), 'b').baseline?.new).toBe(1);
});

test('only what is new decides the exit code', () => {
  const code = (now: readonly Finding[], before: readonly Finding[]) =>
    exitCodeFor(withoutKnown(withBaseline(withFindings(now), withFindings(before), 'b.json')));
  expect(code([error], [error])).toBe(0);
  expect(code([error], [])).toBe(1);
  expect(code([error, note], [error])).toBe(0);
  expect(exitCodeFor(withoutKnown(withFindings([error])))).toBe(1);
});

test('a finding is gone only where its check judged this time', () => {
  const silent = { ...warning, check: 'callback-delivery' };
  const { baseline } = withBaseline(withFindings([]), withFindings([warning, silent]), 'b.json');
  expect(baseline?.gone.map(({ check }) => check)).toEqual(['result-size']);
  expect(baseline?.notJudged).toBe(1);
});

test('every format tells new from known', () => {
  const known = withBaseline(withFindings([error]), withFindings([error, warning]), 'b.json');
  const text = checkToConsole(known, { color: false });
  expect(text).toContain('since 2026-03-01T10:00:00.000Z: 0 new, 1 known, 1 gone');
  expect(text).toContain('NOTHING NEW: umber breaks its contract as it did before');
  expect(text).toContain('(known)');
  expect(checkToMarkdown(known)).toContain('error, known');
  expect(checkToSarif(known)).toContain('"baselineState": "unchanged"');
  const junit = checkToJunit(known);
  expect(junit).toContain('<skipped message="known from the baseline"/>');
  expect(junit).not.toContain('The task went back from processing to pending between two polls</failure>');
  expect(checkToSarif(withBaseline(withFindings([error]), withFindings([]), 'b'))).toContain('"baselineState": "new"');
});

test('two runs with another seed know each other', async () => {
  const [first, second] = [
    await judgeMock('gptimage15', ['charges-failure']),
    await judgeMock('gptimage15', ['charges-failure'], 2),
  ];
  const { baseline } = withBaseline(second, readCheckReport(checkToJson(first), 'first.json'), 'first.json');
  expect(baseline).toMatchObject({ new: 0, known: first.findings.length, gone: [] });
  expect(first.findings.length).toBeGreaterThan(0);
});

test('a report of another vendor is refused', () => {
  expect(() => withBaseline(violating, conformant, 'b.json')).toThrow(
    new UsageError('--baseline b.json is a report about "acme", and "umber" is checked'),
  );
});

test.each([
  ['{', /^b\.json is not JSON: /],
  ['[]', /is not the JSON report of a check \(schemaVersion 1\), it is no JSON object/],
  ['{"kind":"load","schemaVersion":1}', /it is a report of kind "load"/],
  ['{"kind":"check","schemaVersion":2}', /it is one of schemaVersion 2/],
  ['{"log":{}}', /it is JSON of another kind: write one with check --report json=FILE/],
  [checkToJson({ ...violating, findings: [{ ...error, ledger: 'A1' }] } as never), /its "findings" is missing or not/],
  [checkToJson({ ...violating, exchanges: undefined } as never), /its "exchanges" is missing or not/],
])('what is no report is refused with what it is: %.40s', (text, message) => {
  expect(() => readCheckReport(text, 'b.json')).toThrow(UsageError);
  expect(() => readCheckReport(text, 'b.json')).toThrow(message);
});
