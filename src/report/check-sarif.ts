import type { CheckOutcome, CheckReport, Finding } from '../core/check-report.js';
import { exitCodes } from '../core/exit-codes.js';
import { severities } from '../core/facts.js';
import { cutText } from './cut-text.js';
import { decisiveExchange, exchangesById } from './decisive-exchange.js';
import type { ReportContext } from './report-context.js';
import { gravestFirst } from './report-words.js';
import { fingerprint, location, longestText, message, traffic } from './sarif-parts.js';
import { type Taxonomy, taxonomyOf } from './sarif-taxonomy.js';
import { stableJson } from './stable-json.js';

/** The most that code hosts take of one run. */
const mostResults = 25_000;
const mostTags = 20;
/** Bodies of requests and answers are shown for so many results; the rest name their exchanges. */
const mostTraffic = 500;
const longestCurl = 4000;

/** SARIF 2.1.0: a rule per check, a result per finding, placed at the line of the contract that is broken. */
export function checkToSarif(report: CheckReport, context: ReportContext = {}): string {
  const rules = rulesOf(report);
  const taxonomy = taxonomyOf(rules);
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const findings = gravestFirst(report.findings);
  const exchanges = exchangesById(report.exchanges);
  const results = findings.slice(0, mostResults).map((finding, at) => {
    const decisive = at < mostTraffic ? decisiveExchange(finding, exchanges) : undefined;
    return {
      ...resultOf(finding, index.get(finding.check) ?? 0, report, context),
      ...(decisive === undefined ? {} : traffic(decisive)),
    };
  });
  return stableJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            rules: rules.map((rule) => ruleOf(rule, report, context, taxonomy)),
            ...taxonomy.supported,
          },
        },
        ...taxonomy.run,
        automationDetails: { id: `proofsheet/${cutText(report.vendor, 200)}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { PROOFSHEET: { description: { text: 'The folder of the installed proofsheet package' } } },
        invocations: [invocation(report, index, context, findings.length - results.length)],
        results,
        properties: {
          target: cutText(report.target, longestText),
          seed: report.seed,
          depth: cutText(report.summary.depth, 100),
          verdict: report.verdict,
        },
      },
    ],
  });
}

type Rule = Pick<CheckOutcome, 'id' | 'title' | 'ledger' | 'codes'>;

/** Every check that was asked, and those that only findings name. */
function rulesOf({ checks, findings }: CheckReport): Rule[] {
  const rules = new Map<string, Rule>(checks.map((check) => [check.id, check]));
  for (const { check, ledger } of findings)
    if (!rules.has(check)) rules.set(check, { id: check, title: check, ledger });
  return [...rules.values()];
}

function ruleOf(
  { id, title, ledger, codes = [] }: Rule,
  { findings }: CheckReport,
  { rationale, fact }: ReportContext,
  taxonomy: Taxonomy,
): object {
  const why = rationale?.(id);
  const gravest = severities.find((severity) => findings.some((one) => one.check === id && one.severity === severity));
  const said = ledger.flatMap((one) => {
    const known = fact?.(one);
    return known === undefined ? [] : [`${one}: ${known.says}`];
  });
  // Only our own checks have a page. No `helpUri`: it would have to be absolute, and the pages come with the package.
  const more = why === undefined ? [] : [`See docs/checks/${id}.md in the package.`];
  return {
    id: cutText(id, 255),
    name: pascalCase(id),
    shortDescription: { text: cutText(title, longestText) || '-' },
    fullDescription: { text: cutText(why ?? title, longestText) || '-' },
    help: { text: cutText([why ?? title, ...more, ...said].join('\n'), 10 * longestText, '\n') || '-' },
    defaultConfiguration: { level: gravest ?? 'error' },
    properties: {
      tags: [...new Set(ledger.map((one) => cutText(one, 100)))].slice(0, mostTags),
      facts: ledger.map((one) => cutText(one, 100)),
      ...(codes.length === 0 ? {} : { codes: codes.slice(0, mostTags).map((one) => cutText(one, 100)) }),
    },
    ...taxonomy.relationships(codes),
  };
}

/** `phase-order` as `PhaseOrder`, as viewers want a rule to be called. */
function pascalCase(id: string): string {
  const words = cutText(id, 255).split(/[^\p{L}\p{N}]+/u);
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('') || 'Check';
}

function resultOf(finding: Finding, ruleIndex: number, report: CheckReport, context: ReportContext): object {
  const { expected, observed, exchanges } = finding.evidence;
  const field = (name: string, text: string | undefined) =>
    text === undefined || text === '' ? {} : { [name]: cutText(text, longestText) };
  return {
    ruleId: cutText(finding.check, 255),
    ruleIndex,
    level: finding.severity,
    kind: 'fail',
    message: message(finding.message),
    locations: [location(finding, context)],
    ...(finding.baseline === undefined ? {} : { baselineState: finding.baseline === 'new' ? 'new' : 'unchanged' }),
    partialFingerprints: { 'proofsheetFinding/v1': fingerprint(finding, report) },
    properties: {
      facts: finding.ledger.map((one) => cutText(one, 100)),
      exchanges,
      ...field('pointer', finding.pointer),
      ...field('expected', expected),
      ...field('observed', observed),
      // Half of a command must not be pasted into a shell.
      ...(finding.curl === '' || finding.curl.length > longestCurl ? {} : { curl: finding.curl }),
    },
  };
}

const verdictCodes = {
  conformant: exitCodes.ok,
  violations: exitCodes.violations,
  inconclusive: exitCodes.notJudged,
} as const;

/** The run itself: how it ended, and which checks said nothing and why, so that silence is not taken for praise. */
function invocation(
  report: CheckReport,
  index: ReadonlyMap<string, number>,
  { exitCode = verdictCodes[report.verdict] }: ReportContext,
  left: number,
): object {
  const silent = report.checks.filter(({ verdict }) => verdict === 'skipped' || verdict === 'inconclusive');
  const notifications = [
    ...(report.summary.stopped === undefined
      ? []
      : [{ level: 'warning', message: message(`Stopped early: ${report.summary.stopped}`) }]),
    ...(left > 0 ? [{ level: 'warning', message: message(`${left} more findings stand in the JSON report.`) }] : []),
    ...silent.map(({ id, verdict, reason }) => ({
      level: 'note',
      message: message(`${verdict}: ${reason ?? 'no reason was given'}`),
      associatedRule: { id: cutText(id, 255), index: index.get(id) ?? 0 },
    })),
  ];
  return {
    executionSuccessful: exitCode === exitCodes.ok || exitCode === exitCodes.violations,
    exitCode,
    ...moment('startTimeUtc', report.startedAt),
    ...moment('endTimeUtc', report.finishedAt),
    toolExecutionNotifications: notifications,
  };
}

function moment(name: string, text: string): object {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? {} : { [name]: at.toISOString() };
}
