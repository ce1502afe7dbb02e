import { faults } from '../../mocks/faults/index.gen.js';
import type { Check } from '../../src/conformance/check.js';
import type { Contract } from '../../src/contract/contract.js';
import { dialectNames } from '../../src/contract/dialects.js';
import type { CallbackRecord, CheckReport, Finding } from '../../src/core/check-report.js';
import type { Exchange, ImageFacts } from '../../src/core/exchange.js';
import { severities } from '../../src/core/facts.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { decisiveExchange, exchangesById } from '../../src/report/decisive-exchange.js';
import { markdownBlock, markdownCode, markdownProse } from '../../src/report/markdown-text.js';
import { judgeMock } from '../../test/support/judge.js';

/** A finding that a check really made: of a mock with one of the faults that must trip it. */
interface Example {
  readonly vendor: string;
  /** The reading that promises what the check looks at, where the documented one does not. */
  readonly dialect: string | undefined;
  readonly fault: string;
  readonly finding: Finding;
  readonly decisive: Exchange | undefined;
  /** The call to a receiver that the finding is about, if it is about one. */
  readonly call: CallbackRecord | undefined;
}

/** As the commands of the page would have it. */
const origin = 'http://127.0.0.1:4010';
const longestText = 160;
const longestBody = 3000;

function gravestSmallest(findings: readonly Finding[]): Finding | undefined {
  const rank = ({ severity, curl }: Finding) => severities.indexOf(severity) * 1e6 + curl.length;
  return findings.toSorted((one, other) => rank(one) - rank(other))[0];
}

/** The first call that came for the task of an exchange. */
function callFor(finding: Finding, exchange: Exchange | undefined, report: CheckReport): CallbackRecord | undefined {
  if (!finding.check.startsWith('callback-')) return undefined;
  const { journeys = [], callbacks = [] } = report;
  const journey = journeys.find(({ submit, polls }) => [submit, ...polls].includes(exchange?.id ?? ''));
  return callbacks.find(({ id }) => journey?.callbacks?.includes(id));
}

/** In process and under a clock of its own, so that it is the same on every machine. */
async function exampleIn(check: Check, fault: string, vendor: string, dialect?: string): Promise<Example | undefined> {
  const settings = { only: [check.id], baseUrl: `${origin}/${vendor}` };
  const report = await judgeMock(vendor, [fault], 1, dialect === undefined ? [] : [dialect], settings);
  const finding = gravestSmallest(report.findings.filter((one) => one.check === check.id));
  if (finding === undefined) return undefined;
  const decisive = decisiveExchange(finding, exchangesById(report.exchanges));
  return { vendor, dialect, fault, finding, decisive, call: callFor(finding, decisive, report) };
}

async function exampleOf(check: Check, contracts: readonly Contract[]): Promise<Example> {
  // Whoever polls has all there is to see; a synchronous vendor is shown where nobody else has the fault.
  const polled = contracts.toSorted((one, other) => Number(other.poll !== undefined) - Number(one.poll !== undefined));
  const applies = (fault: string, contract: Contract) => faults.find(({ id }) => id === fault)?.applies(contract);
  for (const fault of check.faults)
    for (const contract of polled.filter((one) => applies(fault, one))) {
      const example = await exampleIn(check, fault, contract.id);
      if (example !== undefined) return example;
    }
  for (const fault of check.faults)
    for (const { id, file } of polled)
      for (const dialect of await dialectNames(file)) {
        if (!applies(fault, await resolveContract(id, dialect))) continue;
        const example = await exampleIn(check, fault, id, dialect);
        if (example !== undefined) return example;
      }
  throw new Error(`no fault of ${check.id} shows a finding: ${check.faults.join(', ') || 'it names none'}`);
}

function shorter(value: string): string {
  return value.length > longestText ? `${value.slice(0, 60)}… (${value.length} characters)` : value;
}

/** JSON over several lines with long texts cut, anything else as it is. */
function shownBody({ body, bytes = 0, image }: { body?: string; bytes?: number; image?: ImageFacts }): string {
  // How many bytes an image has depends on who packed it.
  if (image !== undefined) return `(a ${image.format} image of ${image.width}x${image.height} pixels)`;
  if (body === undefined) return bytes === 0 ? '' : '(bytes that are no text)';
  try {
    const cut = (_: string, value: unknown) => (typeof value === 'string' ? shorter(value) : value);
    return JSON.stringify(JSON.parse(body), cut, 2);
  } catch {
    return body;
  }
}

/** Headers without those that say who asks and how it is sent. */
function headerLines(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => name !== 'user-agent' && name !== 'content-length')
    .map(([name, value]) => `${name}: ${shorter(value)}`);
}

function message(first: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = [first, ...headerLines(headers), ...(body === '' ? [] : ['', body])];
  return markdownBlock(lines.join('\n'), longestBody, 'http');
}

function trafficOf({ request, answer, failure }: Exchange): string[] {
  const asked = shownBody(request);
  return [
    'It asked',
    message(`${request.method} ${request.url}`, request.headers, asked),
    answer === undefined ? `and got no answer: ${markdownProse(failure ?? 'unknown')}.` : 'and was answered',
    ...(answer === undefined ? [] : [message(`HTTP ${answer.status}`, answer.headers, shownBody(answer))]),
  ];
}

/** The section of a check's page that shows a finding, with the commands that make it. */
export async function exampleSection(check: Check, contracts: readonly Contract[]): Promise<string[]> {
  const { vendor, dialect, fault, finding, decisive, call } = await exampleOf(check, contracts);
  const { severity, operation, ledger, pointer, evidence, curl } = finding;
  const rows = [
    ['where', markdownCode(operation)],
    ['facts', ledger.map((fact) => markdownCode(fact)).join(', ')],
    ['pointer', markdownCode(pointer)],
    ['expected', markdownProse(evidence.expected ?? '')],
    // The hash of a picture depends on who packed it, as its length does.
    ['observed', markdownProse(shorter(evidence.observed ?? '').replaceAll(/\b[0-9a-f]{16,}\b/g, '…'))],
  ].filter(([, text]) => text !== '');
  const several = evidence.exchanges.length;
  const reading = dialect === undefined ? '' : ` --dialect ${dialect}`;
  return [
    '## An example',
    `A mock with the fault [${fault}](../faults.md#${fault}), and a check of it:`,
    `\`\`\`sh\nproofsheet mock ${vendor}${reading} --fault ${fault}\nproofsheet check ${vendor}${reading} --base-url ${origin}/${vendor} --only ${check.id}\n\`\`\``,
    `> **${severity}**: ${markdownProse(finding.message)}`,
    ['| | |', '| --- | --- |', ...rows.map(([name, text]) => `| ${name} | ${text} |`)].join('\n'),
    ...(several > 1 ? [`${several} exchanges show it; this is the decisive one.`] : []),
    ...(decisive === undefined ? [] : trafficOf(decisive)),
    ...(call === undefined
      ? []
      : ['Its receiver was called', message(`${call.method} ${call.path}`, call.headers, shownBody(call))]),
    'The same again:',
    markdownBlock(curl, 2 * longestBody, 'sh'),
  ];
}
