import type { CheckOutcome, CheckReport, Finding } from '../core/check-report.js';
import { formatDuration } from '../core/duration.js';
import type { Exchange } from '../core/exchange.js';
import { coverageWords } from './coverage-words.js';
import { cutText } from './cut-text.js';
import { decisiveExchange, exchangesById } from './decisive-exchange.js';
import { escapeHtml } from './escape-html.js';
import { markdownBlock, markdownCell, markdownCode, markdownProse } from './markdown-text.js';
import type { ReportContext } from './report-context.js';
import { baselineWords, counted, elapsedMs, gravestFirst, severityCounts } from './report-words.js';

/** A summary of a CI job may hold 1 MiB; findings beyond these stand in the other reports. */
const mostRows = 200;
const mostDetails = 50;
const mostUnjudged = 100;
const longestBody = 2000;
const longestCurl = 2000;

const verdictWords = {
  conformant: 'conformant: the contract is kept',
  violations: 'violations: the contract is broken',
  inconclusive: 'inconclusive: it could not be judged',
} as const;
const signs = { error: '❌', warning: '⚠️', note: 'ℹ️' } as const;

/** A page for the summary of a CI job: the verdict, what was found, what was not judged, and what it took. */
export function checkToMarkdown(report: CheckReport, context: ReportContext = {}): string {
  const findings = gravestFirst(report.findings);
  const exchanges = exchangesById(report.exchanges);
  const blocks = [
    `## proofsheet check ${markdownProse(report.vendor)}`,
    `**${verdictWords[report.verdict] ?? 'unknown'}** at ${markdownCode(report.target)}`,
    ...headLines(report),
    ...findingTable(findings),
    ...findings.slice(0, mostDetails).map((finding, index) => details(finding, index, report, exchanges, context)),
    ...notJudged(report.checks),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headLines({
  summary,
  baseline,
  coverage = [],
  seed,
  startedAt,
  finishedAt,
  tool,
  probes = [],
  oracle,
}: CheckReport): string[] {
  const spent = [
    counted(summary.requests, 'request'),
    counted(summary.tasks, 'task'),
    counted(summary.images, 'image'),
  ];
  const { pass, fail, inconclusive, skipped } = summary.checks;
  const skippedProbes = probes.filter(({ verdict }) => verdict !== 'ran').length;
  return [
    [
      `- **Found:** ${severityCounts(summary.findings) || 'nothing'}`,
      ...(baseline === undefined ? [] : [`- **Baseline:** ${baselineWords(baseline)}`]),
      `- **Checks:** ${pass} passed, ${fail} failed, ${inconclusive} inconclusive, ${skipped} skipped`,
      `- **Spent:** ${spent.join(', ')} in ${formatDuration(elapsedMs(startedAt, finishedAt))}`,
      ...(coverage.length === 0 ? [] : [`- **Coverage:** ${coverageWords(coverage).replace('coverage: ', '')}`]),
      ...(oracle === undefined
        ? []
        : [
            `- **Second judge:** ${markdownCode(`${oracle.name} ${oracle.version}`, 60)} agrees on ${oracle.agreed} of ${oracle.judged} requests and answers`,
          ]),
      `- **Depth:** ${markdownCode(summary.depth)}, seed ${seed}, version ${markdownCode(tool.version)}${
        skippedProbes > 0 ? `, ${counted(skippedProbes, 'probe')} not run` : ''
      }`,
    ].join('\n'),
    summary.stopped === undefined ? '' : `> Stopped early: ${markdownProse(summary.stopped)}`,
  ];
}

function findingTable(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const rows = findings
    .slice(0, mostRows)
    .map(({ severity, check, ledger, operation, pointer, message, baseline }, index) => {
      const cells = [
        String(index + 1),
        `${signs[severity]} ${severity}${baseline === undefined ? '' : `, ${baseline}`}`,
        markdownCell(check, 80),
        ledger
          .slice(0, 12)
          .map((fact) => markdownCode(fact, 20))
          .join(' '),
        `${markdownCell(operation, 120)} ${markdownCell(pointer, 120)}`.trim(),
        markdownProse(message, 300),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  const left = findings.length - rows.length;
  return [
    '### Findings',
    ['| # | severity | check | facts | where | what |', '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n'),
    left > 0 ? `${counted(left, 'more finding')} in the JSON report.` : '',
  ];
}

function details(
  finding: Finding,
  index: number,
  { checks }: CheckReport,
  exchanges: ReadonlyMap<string, Exchange>,
  { fact }: ReportContext,
): string {
  const { codes = [] } = checks.find(({ id }) => id === finding.check) ?? {};
  const { expected, observed } = finding.evidence;
  const decisive = decisiveExchange(finding, exchanges);
  const facts = finding.ledger.flatMap((id) => {
    const known = fact?.(id);
    return known === undefined ? [] : [`- ${markdownCode(id, 20)} (${known.mark}) ${markdownProse(known.says)}`];
  });
  const blocks = [
    // Inside a summary it is HTML that counts; code keeps code hosts from reading names and numbers into it.
    `<details><summary>${index + 1}. <code>${escapeHtml(cutText(finding.check, 80))}</code>: ${finding.severity}</summary>`,
    markdownProse(finding.message),
    facts.join('\n'),
    codes.length === 0
      ? ''
      : `Fault codes: ${codes
          .slice(0, 12)
          .map((code) => markdownCode(code, 20))
          .join(' ')}`,
    expected === undefined ? '' : `Expected: ${markdownCode(expected)}`,
    observed === undefined ? '' : `Observed: ${markdownCode(observed)}`,
    ...(decisive === undefined ? [] : exchangeBlocks(decisive)),
    finding.curl === '' ? '' : `Again:\n\n${again(finding.curl)}`,
    '</details>',
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function exchangeBlocks({ id, request, answer, failure }: Exchange): string[] {
  const asked = [`${request.method} ${request.url}`, ...(request.body === undefined ? [] : ['', request.body])];
  const said =
    answer === undefined
      ? [`no answer: ${failure ?? 'unknown'}`]
      : [
          `${answer.status} ${answer.headers['content-type'] ?? ''}`.trim(),
          ...(answer.body === undefined ? [`(${answer.bytes} bytes)`] : ['', answer.body]),
        ];
  return [
    `Request ${markdownCode(id, 20)}:\n\n${markdownBlock(asked.join('\n'), longestBody)}`,
    `Answer:\n\n${markdownBlock(said.join('\n'), longestBody)}`,
  ];
}

/** A command is shown whole or not at all: half of one must not be pasted into a shell. */
function again(curl: string): string {
  return curl.length > longestCurl
    ? `a curl of ${curl.length} characters: take it from the JSON report`
    : markdownBlock(curl, 2 * longestCurl, 'sh');
}

function notJudged(checks: readonly CheckOutcome[]): string[] {
  const silent = checks.filter(({ verdict }) => verdict === 'skipped' || verdict === 'inconclusive');
  if (silent.length === 0) return [];
  const rows = silent
    .slice(0, mostUnjudged)
    .map(
      ({ id, verdict, reason }) =>
        `| ${markdownCell(id, 80)} | ${verdict} | ${markdownProse(reason ?? 'no reason was given', 200)} |`,
    );
  return [
    `<details><summary>Not judged: ${counted(silent.length, 'check')}</summary>`,
    ['| check | verdict | why |', '| --- | --- | --- |', ...rows].join('\n'),
    '</details>',
  ];
}
