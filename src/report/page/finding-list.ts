import type { CheckReport, Finding } from '../../core/check-report.js';
import type { Exchange } from '../../core/exchange.js';
import { severities } from '../../core/facts.js';
import { cutText } from '../cut-text.js';
import { decisiveExchange, exchangesById } from '../decisive-exchange.js';
import { html, type Markup } from '../html-markup.js';
import type { ReportContext } from '../report-context.js';
import { baselineWords, counted, gravestFirst, wholeNumber } from '../report-words.js';
import { type TaskAnchor, taskAnchors } from './task-anchors.js';

const mostFindings = 500;
const longestText = 1500;
const longestBody = 6000;
const longestCurl = 8000;
const mostHeaders = 40;
const mostTasks = 5;

/** Every finding with what was promised, what came, and how to see it again; a choice of severities needs no script. */
export function findingSection(report: CheckReport, context: ReportContext): Markup {
  const findings = gravestFirst(report.findings);
  if (findings.length === 0) return nothingFound(report);
  const exchanges = exchangesById(report.exchanges);
  const left = findings.length - mostFindings;
  const tasks = taskAnchors(report);
  const { baseline } = report;
  return html`<section id="findings"><h2>Findings</h2>
${baseline === undefined ? undefined : html`<p class="quiet">${baselineWords(baseline)}</p>`}
<fieldset class="choice"><legend>Show</legend>${severities
    .filter((severity) => report.summary.findings[severity] > 0)
    .map(
      (severity) =>
        html`<label><input type="checkbox" id="show-${severity}" checked=""> ${counted(report.summary.findings[severity], severity)}</label>`,
    )}</fieldset>
${findings.slice(0, mostFindings).map((finding, index) => article(finding, index, report, exchanges, tasks, context))}
${left > 0 ? html`<p class="quiet">${counted(left, 'more finding')} in the JSON report.</p>` : undefined}
</section>`;
}

function nothingFound({ summary, verdict }: CheckReport): Markup {
  const looked = `${counted(summary.checks.pass, 'check')} judged ${counted(summary.requests, 'request')} and ${counted(summary.tasks, 'task')}`;
  return html`<section id="findings"><h2>Findings</h2><p>Nothing was found${verdict === 'inconclusive' ? '' : `: ${looked}, and none has anything against them`}.</p></section>`;
}

function article(
  finding: Finding,
  index: number,
  { checks }: CheckReport,
  exchanges: ReadonlyMap<string, Exchange>,
  tasks: ReadonlyMap<string, TaskAnchor>,
  { fact, rationale }: ReportContext,
): Markup {
  const { severity, check, ledger, message, operation, pointer, baseline, curl } = finding;
  const { expected, observed } = finding.evidence;
  const decisive = decisiveExchange(finding, exchanges);
  const row = (name: string, text: string | undefined) =>
    text ? html`<div><dt>${name}</dt><dd class="mono">${cutText(text, longestText, '\n')}</dd></div>` : undefined;
  const why = rationale?.(check);
  const number = checks.findIndex(({ id }) => id === check);
  const codes = checks[number]?.codes ?? [];
  const name = html`<b class="mono">${cutText(check, 120)}</b>`;
  const shownOn = new Map(
    finding.evidence.exchanges.flatMap((id) => tasks.get(id) ?? []).map((one) => [one.anchor, one]),
  );
  const facts = ledger.slice(0, 20).map((id) => {
    const known = fact?.(id);
    return html`<li><span class="fact">${cutText(id, 40)}</span> ${
      known === undefined ? undefined : html`${cutText(known.says, 500)} <span class="quiet">mark ${known.mark}</span>`
    }</li>`;
  });
  return html`
<article class="finding ${severity}" id="finding-${index + 1}">
<header><span class="severity">${severity}</span> ${number < 0 ? name : html`<a href="#check-${number + 1}">${name}</a>`}${
    baseline === undefined ? undefined : html` <span class="fact">${baseline}</span>`
  }</header>
<p>${cutText(message, longestText, '\n')}</p>
<dl class="evidence">${row('Operation', operation)}${row('Pointer', pointer)}${row('Expected', expected)}${row('Observed', observed)}${row('Its codes', codes.slice(0, 12).join(', '))}</dl>
<ul class="broken">${facts}</ul>
${why === undefined ? undefined : html`<p class="quiet">${cutText(why, 500)}</p>`}
${
  shownOn.size === 0
    ? undefined
    : html`<p class="quiet">Seen on ${[...shownOn.values()].slice(0, mostTasks).map(({ anchor, name: task }) => html` <a class="mono" href="#${anchor}">${cutText(task, 80)}</a>`)}</p>`
}
${decisive === undefined ? undefined : traffic(decisive)}
${curl === '' ? undefined : html`<details class="again"><summary>Send it again</summary>${again(curl)}</details>`}
</article>`;
}

/** A command is shown whole or not at all: half of one must not be pasted into a shell. */
function again(curl: string): Markup {
  return curl.length > longestCurl
    ? html`<p>A curl of ${wholeNumber(curl.length)} characters: take it from the JSON report.</p>`
    : html`<pre class="command">${curl}</pre>`;
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  const some = Object.entries(headers).slice(0, mostHeaders);
  return some.map(([name, value]) => `${cutText(name, 100)}: ${cutText(value, 500)}`).join('\n');
}

function traffic({ id, request, answer, failure }: Exchange): Markup {
  const asked = [`${request.method} ${cutText(request.url, longestText)}`, headerLines(request.headers)].join('\n');
  const came =
    answer === undefined
      ? `no answer: ${cutText(failure ?? 'unknown', 500)}`
      : `${answer.status}\n${headerLines(answer.headers)}`;
  const rest =
    answer === undefined
      ? ''
      : answer.body !== undefined
        ? cutText(answer.body, longestBody, '\n\t')
        : `(${wholeNumber(answer.bytes)} bytes${answer.image === undefined ? '' : `, ${answer.image.format} ${answer.image.width}x${answer.image.height}`})`;
  return html`<details class="again"><summary>Request and answer ${cutText(id, 40)}</summary>
<pre>${asked}${request.body === undefined ? '' : `\n\n${cutText(request.body, longestBody, '\n\t')}`}</pre>
<pre>${came}${rest === '' ? '' : `\n\n${rest}`}</pre></details>`;
}
