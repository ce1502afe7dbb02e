import type { CheckOutcome, CheckReport, DialectSeen, ProbeReport } from '../../core/check-report.js';
import { cutText } from '../cut-text.js';
import { html, type Markup } from '../html-markup.js';
import type { ReportContext } from '../report-context.js';
import { counted } from '../report-words.js';

const mostNotes = 100;
const words = { fail: 'failed', inconclusive: 'inconclusive', skipped: 'skipped', pass: 'passed' } as const;

/** Every check with its verdict and the reason for it. Findings link to `#check-1`, `#check-2`, … in the report's order. */
export function checkSection({ checks }: CheckReport, context: ReportContext): Markup {
  const numbers = new Map(checks.map((check, index) => [check, index + 1]));
  const groups = (['fail', 'inconclusive', 'skipped', 'pass'] as const).flatMap((verdict) => {
    const members = checks.filter((check) => check.verdict === verdict);
    if (members.length === 0) return [];
    return [
      html`<details class="checks"${verdict === 'fail' ? html` open` : ''}><summary><span class="dot ${verdict}"></span>${members.length} ${words[verdict]}</summary>
<ul>${members.map((check) => checkItem(check, numbers.get(check) ?? 0, context))}</ul></details>`,
    ];
  });
  return html`<section id="checks"><h2>Checks</h2>${groups}</section>`;
}

function checkItem(
  { id, title, reason, ledger, observations, codes = [] }: CheckOutcome,
  number: number,
  { rationale }: ReportContext,
): Markup {
  const aside = reason ?? counted(observations, 'observation');
  const why = rationale?.(id);
  const more = [
    ...(why === undefined ? [] : [`Who is hurt otherwise: ${why}`]),
    ...(codes.length === 0 ? [] : [`Codes of the public list of faults: ${codes.slice(0, 12).join(', ')}.`]),
    // Only our own checks have a page.
    ...(why === undefined ? [] : [`See docs/checks/${id}.md.`]),
  ];
  return html`<li id="check-${number}"><span class="mono">${cutText(id, 120)}</span><span>${cutText(title, 300)} <span class="quiet">${cutText(aside, 500)}</span>${
    more.length === 0 ? undefined : html`<span class="quiet more">${cutText(more.join(' '), 700)}</span>`
  }</span><span>${ledger
    .slice(0, 30)
    .map((fact) => html`<span class="fact">${cutText(fact, 40)}</span> `)}</span></li>`;
}

/** Other readings of the contract that the target follows. */
export function dialectSection(dialects: readonly DialectSeen[] | undefined): Markup | undefined {
  if (dialects === undefined || dialects.length === 0) return undefined;
  const items = dialects.slice(0, mostNotes).map(
    ({ id, title, exchanges }) =>
      html`<li><b class="mono">${cutText(id, 120)}</b> ${cutText(title, 300)} <span class="quiet">seen in ${exchanges
        .slice(0, 5)
        .map((one) => cutText(one, 20))
        .join(', ')}</span></li>`,
  );
  return html`<section id="dialects"><h2>Dialects</h2><p class="quiet">Readings of the contract that the target follows instead of the documented one.</p><ul>${items}</ul></section>`;
}

/** What was sent for which purpose, and what was left out. */
export function probeSection(probes: readonly ProbeReport[] | undefined): Markup | undefined {
  if (probes === undefined || probes.length === 0) return undefined;
  const items = probes.slice(0, mostNotes).map(({ title, verdict, reason, requests, notes }) => {
    const told = verdict === 'ran' ? counted(requests, 'request') : `${verdict}: ${reason ?? 'no reason was given'}`;
    return html`<li><b>${cutText(title, 200)}</b> <span class="quiet">${cutText(told, 400)}</span>${
      notes.length === 0
        ? undefined
        : html`<details><summary class="quiet">${counted(notes.length, 'note')}</summary><ul>${notes
            .slice(0, mostNotes)
            .map((note) => html`<li>${cutText(note, 300)}</li>`)}</ul></details>`
    }</li>`;
  });
  return html`<section id="probes"><h2>What was sent</h2><ul class="probes">${items}</ul></section>`;
}
