import type { CheckOutcome, CheckReport, Finding } from '../core/check-report.js';
import { formatDuration } from '../core/duration.js';
import type { Exchange } from '../core/exchange.js';
import { answerLine } from './answer-line.js';
import { html, type Markup } from './html-markup.js';
import { type Journey, type JourneyStep, journeysOf } from './journeys.js';
import { counted, elapsedMs, gravestFirst } from './report-words.js';

const MOST_JOURNEYS = 40;
const LONGEST_ANSWER = 600;
const words = { fail: 'failed', inconclusive: 'inconclusive', skipped: 'skipped', pass: 'passed' } as const;

/** All that one report says; open from the start where there is something to act on. */
export function vendorSection(report: CheckReport, index: number): Markup {
  const { summary, seed, target, startedAt, finishedAt } = report;
  const open = report.verdict === 'conformant' && report.findings.length === 0 ? '' : html` open`;
  return html`
<details class="vendor" id="vendor-${index + 1}"${open}>
<summary><h2>${report.vendor}</h2><span class="pill ${report.verdict}">${report.verdict}</span></summary>
<dl class="facts">
<div class="wide"><dt>Target</dt><dd class="mono">${target}</dd></div>
<div><dt>Depth</dt><dd>${summary.depth}</dd></div>
<div><dt>Seed</dt><dd class="mono">${seed}</dd></div>
<div><dt>Took</dt><dd>${formatDuration(elapsedMs(startedAt, finishedAt))}</dd></div>
<div><dt>Sent</dt><dd>${counted(summary.requests, 'request')}, ${counted(summary.images, 'image')}</dd></div>
</dl>
${summary.stopped === undefined ? undefined : html`<p class="notice">Stopped early: ${summary.stopped}</p>`}
${findingList(report)}
${checkList(report.checks)}
${journeyList(journeysOf(report.exchanges))}
</details>`;
}

function findingList({ findings, exchanges }: CheckReport): Markup | undefined {
  if (findings.length === 0) return undefined;
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const articles = gravestFirst(findings).map((finding) =>
    findingArticle(finding, byId.get(finding.evidence.exchanges.at(-1) ?? '')),
  );
  return html`<h3>Findings</h3>${articles}`;
}

function findingArticle(finding: Finding, decisive: Exchange | undefined): Markup {
  const { expected, observed } = finding.evidence;
  const row = (name: string, text: string | undefined) =>
    text ? html`<div><dt>${name}</dt><dd class="mono">${text}</dd></div>` : undefined;
  return html`
<article class="finding ${finding.severity}">
<header><span class="severity">${finding.severity}</span> <b class="mono">${finding.check}</b>${finding.ledger.map(
    (fact) => html` <span class="fact">${fact}</span>`,
  )}</header>
<p>${finding.message}</p>
<dl class="evidence">${row('Operation', finding.operation)}${row('Pointer', finding.pointer)}${row('Expected', expected)}${row(
    'Observed',
    observed,
  )}${row('Answer', decisive && shortened(answerLine(decisive)))}</dl>
<details class="again"><summary>Send it again</summary><pre>${finding.curl}</pre></details>
</article>`;
}

function shortened(text: string): string {
  return text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}…` : text;
}

function checkList(checks: readonly CheckOutcome[]): Markup {
  const groups = (['fail', 'inconclusive', 'skipped', 'pass'] as const).flatMap((verdict) => {
    const members = checks.filter((check) => check.verdict === verdict);
    return members.length === 0
      ? []
      : [
          html`
<details class="checks"${verdict === 'fail' ? html` open` : ''}>
<summary><span class="dot ${verdict}"></span>${members.length} ${words[verdict]}</summary>
<ul>${members.map(checkItem)}</ul>
</details>`,
        ];
  });
  return html`<h3>Checks</h3>${groups}`;
}

function checkItem({ id, title, reason, ledger, observations }: CheckOutcome): Markup {
  const aside = reason ?? counted(observations, 'observation');
  return html`
<li><span class="mono">${id}</span><span>${title} <span class="quiet">${aside}</span></span><span>${ledger.map(
    (fact) => html`<span class="fact">${fact}</span> `,
  )}</span></li>`;
}

function journeyList(journeys: readonly Journey[]): Markup | undefined {
  if (journeys.length === 0) return undefined;
  const more = journeys.length - MOST_JOURNEYS;
  return html`<h3>Task journeys</h3>
<ol class="journeys">${journeys.slice(0, MOST_JOURNEYS).map(journeyItem)}</ol>
${more > 0 ? html`<p class="quiet">${counted(more, 'more journey')} in the JSON report.</p>` : undefined}`;
}

function journeyItem({ taskId, probe, steps, durationMs }: Journey): Markup {
  return html`
<li><div class="task"><span class="mono">${taskId}</span> <span class="quiet">${probe}, ${formatDuration(
    Math.max(0, durationMs),
  )}</span></div>
<ol class="steps">${steps.map(stepItem)}</ol></li>`;
}

function stepItem({ label, kind, status, count }: JourneyStep): Markup {
  const trouble = status === undefined || status >= 400 ? ' trouble' : '';
  return html`<li class="${kind}${trouble}">${label} <small>${status ?? 'no answer'}${
    count > 1 ? ` ×${count}` : ''
  }</small></li>`;
}
