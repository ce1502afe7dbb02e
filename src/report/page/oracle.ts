import type { OracleReport } from '../../core/check-report.js';
import { cutText } from '../cut-text.js';
import { html, type Markup } from '../html-markup.js';
import { counted, wholeNumber } from '../report-words.js';

const mostRows = 200;

/** Where another judge comes to another verdict on a request or an answer. */
export function oracleSection(oracle: OracleReport | undefined): Markup | undefined {
  if (oracle === undefined) return undefined;
  const { name, version, judged, agreed, disagreements, notJudged } = oracle;
  const said = (words: readonly string[]) => cutText(words.join('; ') || 'nothing', 400);
  const rows = disagreements
    .slice(0, mostRows)
    .map(
      ({ exchange, operation, side, ours, theirs }) =>
        html`<tr><td class="mono">${cutText(exchange, 20)}</td><td class="mono">${cutText(operation, 120)}</td><td>${side}</td><td>${said(ours)}</td><td>${said(theirs)}</td></tr>`,
    );
  const left = disagreements.length - rows.length;
  const silent = Object.entries(notJudged).map(
    ([reason, times]) => html`<li>${cutText(reason, 300)} <span class="quiet">(${wholeNumber(times)})</span></li>`,
  );
  return html`<section id="oracle"><h2>The second judge</h2>
<p>${cutText(name, 60)} ${cutText(version, 40)} comes to our verdict on ${wholeNumber(agreed)} of ${wholeNumber(judged)} requests and answers. It never changes ours.</p>
${
  rows.length === 0
    ? undefined
    : html`<div class="scroll"><table><thead><tr><th>Exchange</th><th>Operation</th><th>Side</th><th>We hold against it</th><th>It holds against it</th></tr></thead><tbody>${rows}</tbody></table></div>`
}
${left > 0 ? html`<p class="quiet">${counted(left, 'more disagreement')} in the JSON report.</p>` : undefined}
${silent.length === 0 ? undefined : html`<p class="quiet">Not shown to it:</p><ul class="why">${silent}</ul>`}
</section>`;
}
