/** SARIF is read by machines of others: it must be what the format says, and point at what is really broken. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { CheckOutcome, CheckReport, Finding } from '../../src/core/check-report.js';
import { contractLines } from '../../src/entry/contract-lines.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { placeFinder } from '../../src/entry/finding-places.js';
import { reportContext } from '../../src/entry/report-context.js';
import { checkToSarif } from '../../src/report/check-sarif.js';
import type { ReportContext } from '../../src/report/report-context.js';
import { judgeMock } from '../support/judge.js';
import { root } from '../support/source-tree.js';
import { conformant, findings, unreachable, violating } from './fixtures.js';
import { hostile } from './hostile-fixtures.js';

const ajv = new Ajv({ strict: false });
(addFormats as unknown as (to: Ajv) => void)(ajv);
const published = readFileSync(join(root, 'test/report/schemas/sarif-schema-2.1.0.json'), 'utf8');
const validate = ajv.compile(JSON.parse(published) as object);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation?: { artifactLocation: { uri: string }; region: { startLine: number } };
  }[];
  readonly properties: { readonly pointer?: string; readonly facts: readonly string[] };
}

interface Rule {
  readonly id: string;
  readonly help: { readonly text: string };
  readonly properties: { readonly tags: readonly string[] };
  readonly relationships?: readonly object[];
}

function read(report: CheckReport, context?: ReportContext) {
  const log = JSON.parse(checkToSarif(report, context));
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  const [run] = log.runs;
  const { rules } = run.tool.driver as { rules: Rule[] };
  for (const result of run.results as Result[]) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
  for (const { associatedRule } of run.invocations[0].toolExecutionNotifications)
    if (associatedRule !== undefined) expect(rules[associatedRule.index]?.id).toBe(associatedRule.id);
  expect(rules.filter(({ properties }) => properties.tags.length > 20)).toEqual([]);
  return { run, rules, results: run.results as Result[] };
}

test.each(Object.entries({ conformant, violating, unreachable, hostile }))('the %s report is SARIF', (_, report) => {
  const { results, rules } = read(report);
  expect(results).toHaveLength(report.findings.length);
  expect(rules.length).toBeGreaterThanOrEqual(report.checks.length);
});

test('the published schema notices a mistake', () => {
  for (const spoil of [
    (run: { results: { level: string }[] }) => Object.assign(run.results[0] ?? {}, { level: 'fatal' }),
    (run: { results: object[] }) => Object.assign(run.results[0] ?? {}, { colour: 'red' }),
    (run: { tool: { driver: { name?: string } } }) => delete run.tool.driver.name,
  ]) {
    const log = JSON.parse(checkToSarif(violating));
    spoil(log.runs[0]);
    expect(validate(log)).toBe(false);
  }
});

test('a rule names its codes of the public list of faults, as a taxonomy of the run', () => {
  const [first, ...others] = violating.checks;
  const checks = [{ ...first, codes: ['F200', 'of an older list'] } as CheckOutcome, ...others];
  const { rules, run } = read({ ...violating, checks });
  expect(run.taxonomies).toMatchObject([{ name: 'WFC', version: '0.9.0', taxa: [{ id: 'F200' }] }]);
  expect(run.tool.driver.supportedTaxonomies).toEqual([{ name: 'WFC', index: 0 }]);
  expect(rules[0]).toMatchObject({
    properties: { codes: ['F200', 'of an older list'] },
    relationships: [{ target: { id: 'F200', index: 0 } }],
  });
  expect(JSON.stringify(rules[0]?.relationships)).not.toContain('older');
  expect(read(violating).run.taxonomies).toBeUndefined();
});

test('the run tells how it ended and which checks said nothing', () => {
  const { run } = read(unreachable);
  expect(run.invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 3 });
  const told = run.invocations[0].toolExecutionNotifications.map((one: { message: { text: string } }) => one.message);
  expect(told).toEqual([
    { text: 'Stopped early: connect ECONNREFUSED 127.0.0.1:4010' },
    { text: 'skipped: needs a second account: give --other-key' },
  ]);
  expect(read(violating).run.invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 });
  expect(read(violating, { exitCode: 130 }).run.invocations[0]).toMatchObject({ executionSuccessful: false });
});

test('a finding keeps its fingerprint whatever the port, the words and the number of the picture', () => {
  const [finding] = findings as [Finding];
  const seen = (report: CheckReport, change: Partial<Finding>) =>
    read({ ...report, findings: [{ ...finding, pointer: '/data/0/url', ...change }] }).results[0]?.partialFingerprints;
  const first = seen(violating, {});
  const elsewhere = { ...violating, target: 'http://127.0.0.1:9', seed: 7 };
  expect(seen(elsewhere, { message: 'other words', pointer: '/data/3/url' })).toEqual(first);
  expect(seen(violating, { pointer: '/data/0/b64' })).not.toEqual(first);
  expect(seen(violating, { ledger: ['A1'] })).not.toEqual(first);
});

test('brackets and braces of a server are text, no links and no places to be filled in', () => {
  const [finding] = findings as [Finding];
  const { run } = read({ ...violating, findings: [{ ...finding, message: 'see [here](https://x.example) {0}' }] });
  expect(run.results[0].message.text).toBe('see \\[here\\](https://x.example) {{0}}');
});

test('no more results than code hosts take, the gravest first, and the rest is told', () => {
  const [note, error] = findings as [Finding, Finding];
  const many = [...Array.from({ length: 25_001 }, () => note), error];
  const { results, run } = read({ ...violating, findings: many });
  expect(results).toHaveLength(25_000);
  expect(results[0]?.level).toBe('error');
  expect(JSON.stringify(run.invocations)).toContain('2 more findings stand in the JSON report');
});

test('a finding of a real run points at the line of the contract that states the fact', async () => {
  const report = await judgeMock('evolink', ['wrong-size', 'goes-back']);
  const { results, rules } = read(report, await reportContext('evolink', { lines: true, exitCode: 1 }));
  const lines = readFileSync(join(root, 'specs/evolink/openapi.yaml'), 'utf8').split('\n');
  const shown = results.map(({ ruleId, locations: [place] }) => [
    ruleId,
    place?.physicalLocation?.artifactLocation.uri,
    lines[(place?.physicalLocation?.region.startLine ?? 0) - 1]?.trim().replace(/:.*/, ''),
  ]);
  for (const { id, help } of rules) {
    const [, page] = /See (docs\/checks\/\S+\.md) in the package/.exec(help.text) ?? [];
    expect(page, id).toBe(`docs/checks/${id}.md`);
    expect(existsSync(join(root, page ?? ''))).toBe(true);
  }
  expect(shown).toContainEqual(['size-honoured', 'specs/evolink/openapi.yaml', 'size']);
  expect(shown).toContainEqual(['transition-legal', 'specs/evolink/openapi.yaml', 'status']);
  expect(new Set(results.map((one) => JSON.stringify(one.partialFingerprints))).size).toBe(results.length);
});

test('a fact that the contract does not state leads to the operation, and nothing at all to the first line', async () => {
  const contract = await resolveContract('evolink');
  const lineOf = await contractLines(join(root, 'specs/evolink/openapi.yaml'));
  const [finding] = findings as [Finding];
  const find = placeFinder(contract);
  const common = find({ ...finding, ledger: ['H7'], operation: 'GET /v1/tasks/{task_id}', pointer: '' });
  expect(lineOf(common)).toBeGreaterThan(1);
  expect(lineOf(find({ ...finding, ledger: ['none'], operation: 'GET /nowhere', pointer: '' }))).toBe(1);
  expect(lineOf('/paths/~1nowhere/get')).toBe(lineOf('/paths'));
  expect((await contractLines(join(root, 'specs/none.yaml')))('/paths')).toBe(1);
});
