import type { CheckOutcome, CheckReport, Finding } from '../core/check-report.js';
import { answerLine } from './answer-line.js';
import { decisiveExchange, exchangesById } from './decisive-exchange.js';
import { escapeXml } from './escape-xml.js';
import { elapsedMs } from './report-words.js';

type Attributes = Readonly<Record<string, string | number>>;

interface TestCase {
  readonly name: string;
  readonly kind: 'passed' | 'failed' | 'skipped' | 'error';
  /** Lines inside the element, already XML. */
  readonly inside: readonly string[];
}

/** JUnit XML for CI servers: a test case per check, a failure per finding. */
export function checkToJunit(report: CheckReport): string {
  const cases = [...report.checks.map((check) => caseOfCheck(check, report)), ...casesBesidesChecks(report)];
  const time = (elapsedMs(report.startedAt, report.finishedAt) / 1000).toFixed(3);
  const count = (kind: TestCase['kind']) => cases.filter((testCase) => testCase.kind === kind).length;
  // Skipped cases are counted by a suite only: no published schema knows such a count of all suites.
  const counts = { tests: cases.length, failures: count('failed'), errors: count('error'), time };
  const suite = { name: report.vendor, ...counts, skipped: count('skipped'), timestamp: report.startedAt };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', { name: 'proofsheet check', ...counts }),
    `  ${open('testsuite', suite)}`,
    '    <properties>',
    ...properties(report).map(([name, value]) => `      ${empty('property', { name, value })}`),
    '    </properties>',
    ...cases.flatMap((testCase) => caseLines(testCase, report.vendor)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const attributes = (values: Attributes) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
const open = (name: string, values: Attributes) => `<${name}${attributes(values)}>`;
const empty = (name: string, values: Attributes) => `<${name}${attributes(values)}/>`;

function properties({ seed, target, tool, summary, verdict }: CheckReport): [string, string][] {
  const rows: [string, string][] = [
    ['seed', String(seed)],
    ['target', target],
    ['depth', summary.depth],
    ['verdict', verdict],
    ['tool', `${tool.name} ${tool.version}`],
  ];
  if (summary.stopped !== undefined) rows.push(['stopped', summary.stopped]);
  return rows;
}

function caseLines({ name, inside }: TestCase, vendor: string): string[] {
  const values = { classname: `proofsheet.${vendor}`, name };
  if (inside.length === 0) return [`    ${empty('testcase', values)}`];
  return [`    ${open('testcase', values)}`, ...inside.map((line) => `      ${line}`), '    </testcase>'];
}

function caseOfCheck({ id, title, verdict, reason }: CheckOutcome, report: CheckReport): TestCase {
  const name = `${id}: ${title}`;
  const findings = report.findings.filter((finding) => finding.check === id);
  if (verdict === 'fail') {
    // What was known before must not turn a build red, and must not look green either.
    if (findings.length > 0 && findings.every(({ baseline }) => baseline === 'known')) {
      const known = findings.map((finding) => `<system-out>${describe(finding, report)}</system-out>`);
      return { name, kind: 'skipped', inside: [empty('skipped', { message: 'known from the baseline' }), ...known] };
    }
    const failures = findings.map((finding) => failure(finding, report));
    const bare = empty('failure', { message: reason ?? `${title} does not hold`, type: 'error' });
    return { name, kind: 'failed', inside: failures.length > 0 ? failures : [bare] };
  }
  const asides = findings.map((finding) => `<system-out>${describe(finding, report)}</system-out>`);
  if (verdict === 'pass') return { name, kind: 'passed', inside: asides };
  const message = `${verdict}: ${reason ?? 'no reason was given'}`;
  return { name, kind: 'skipped', inside: [empty('skipped', { message }), ...asides] };
}

/** A run without a judgement must not look green, and no finding may be lost. */
function casesBesidesChecks(report: CheckReport): TestCase[] {
  const known = new Set(report.checks.map(({ id }) => id));
  const cases = report.findings
    .filter(({ check }) => !known.has(check))
    .map((finding): TestCase => ({ name: finding.check, kind: 'failed', inside: [failure(finding, report)] }));
  if (report.verdict !== 'inconclusive') return cases;
  const message = report.summary.stopped ?? 'no check came to a judgement';
  return [{ name: 'run', kind: 'error', inside: [empty('error', { message, type: 'inconclusive' })] }, ...cases];
}

function failure(finding: Finding, report: CheckReport): string {
  return `${open('failure', { message: finding.message, type: finding.severity })}${describe(finding, report)}</failure>`;
}

function describe(finding: Finding, { exchanges, checks }: CheckReport): string {
  const { codes = [] } = checks.find(({ id }) => id === finding.check) ?? {};
  const decisive = decisiveExchange(finding, exchangesById(exchanges));
  const rows: [string, string | undefined][] = [
    ['operation', finding.operation],
    ['facts', finding.ledger.join(' ')],
    ['codes', codes.join(' ')],
    ['pointer', finding.pointer],
    ['expected', finding.evidence.expected],
    ['observed', finding.evidence.observed],
    ['answer', decisive && answerLine(decisive).slice(0, 2000)],
    ['again', finding.curl],
  ];
  return [
    `${finding.severity} ${finding.message}`,
    ...rows.flatMap(([name, text]) => (text ? [`${name}: ${text}`] : [])),
  ]
    .flatMap((text) => text.split('\n'))
    .map(escapeXml)
    .join('\n');
}
