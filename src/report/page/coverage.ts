import type { KeywordCoverage } from '../../core/check-report.js';
import { coverageWords, isExercised } from '../coverage-words.js';
import { cutText } from '../cut-text.js';
import { html, type Markup } from '../html-markup.js';
import { counted, percent } from '../report-words.js';

const mostRows = 2500;
const mostReasons = 30;

interface Share {
  readonly name: string;
  readonly done: number;
  readonly half: number;
  readonly all: number;
}

function groupBy(coverage: readonly KeywordCoverage[], keyFor: (one: KeywordCoverage) => string) {
  const groups = new Map<string, KeywordCoverage[]>();
  for (const one of coverage) groups.set(keyFor(one), [...(groups.get(keyFor(one)) ?? []), one]);
  return [...groups];
}

/** What was exercised of the contract, keyword by keyword, and why the rest was not. */
export function coverageSection(coverage: readonly KeywordCoverage[] | undefined): Markup | undefined {
  if (coverage === undefined || coverage.length === 0) return undefined;
  const requests = coverage.filter(({ part }) => part === 'request');
  const answers = coverage.filter(({ part }) => part !== 'request');
  const shown = coverage.slice(0, mostRows);
  const parts = groupBy(shown, ({ operation, part }) => JSON.stringify([operation, part])).map(([, own]) => own);
  return html`<section id="coverage"><h2>Coverage of the contract</h2>
<p class="quiet">${coverageWords(coverage).replace('coverage: ', '')}</p>
<div class="pair">
${table('Requests', 'both sides', 'one side only', sharesOf(requests))}
${table('Answers', 'seen', undefined, sharesOf(answers))}
</div>
${parts.filter((own) => !isSilent(own)).map(partDetails)}
${silentParts(parts.filter(isSilent))}
${coverage.length > shown.length ? html`<p class="quiet">The rest stands in the JSON report.</p>` : undefined}
</section>`;
}

function sharesOf(coverage: readonly KeywordCoverage[]): Share[] {
  const shares = groupBy(coverage, ({ keyword }) => keyword).map(([name, own]) => {
    const done = own.filter(isExercised).length;
    return {
      name,
      done,
      half: own.filter((one) => !isExercised(one) && one.kept + one.broken > 0).length,
      all: own.length,
    };
  });
  return shares.sort((one, other) => other.all - one.all);
}

function table(title: string, done: string, half: string | undefined, shares: readonly Share[]): Markup | undefined {
  if (shares.length === 0) return undefined;
  const rows = shares.map(({ name, done: full, half: some, all }) => {
    const wide = (full / all) * 100;
    return html`<tr><th scope="row" class="mono">${cutText(name, 60)}</th><td class="number">${full} of ${all}</td><td class="share"><svg width="100%" height="12" aria-hidden="true"><rect class="track" width="100%" height="12"/><rect class="full" width="${wide.toFixed(1)}%" height="12"/><rect class="some" x="${wide.toFixed(1)}%" width="${((some / all) * 100).toFixed(1)}%" height="12"/></svg></td></tr>`;
  });
  return html`<table class="keywords"><caption>${title}: <span class="quiet">solid is ${done}${
    half === undefined ? '' : `, hatched is ${half}`
  }</span></caption><tbody>${rows}</tbody></table>`;
}

function partDetails(own: readonly KeywordCoverage[]): Markup {
  const [first] = own;
  const open = own.filter((one) => !isExercised(one));
  const reasons = groupBy(open, ({ reason = 'unknown' }) => reason);
  const title = first?.part === 'request' ? 'request' : `answer ${first?.part ?? ''}`;
  const why = reasons
    .slice(0, mostReasons)
    .map(([reason, some]) => html`<li>${cutText(reason, 300)} <span class="quiet">(${some.length})</span></li>`);
  return html`<details class="part"><summary><span class="mono">${cutText(first?.operation ?? '', 80)}</span> ${cutText(title, 40)} <span class="quiet">${percent(
    own.length - open.length,
    own.length,
  )} of ${counted(own.length, 'constraint')}</span></summary>
${why.length === 0 ? undefined : html`<p>Not exercised:</p><ul class="why">${why}</ul>`}
<div class="scroll"><table><thead><tr><th>Place</th><th>Keyword</th><th>Facts</th><th class="number">Kept</th><th class="number">Broken</th><th>Why not</th></tr></thead><tbody>${own.map(row)}</tbody></table></div>
</details>`;
}

/** Whether nothing of a body was exercised, for one reason: a table of it would say nothing. */
function isSilent(own: readonly KeywordCoverage[]): boolean {
  return !own.some(isExercised) && new Set(own.map(({ reason }) => reason)).size === 1;
}

function silentParts(parts: readonly (readonly KeywordCoverage[])[]): Markup | undefined {
  if (parts.length === 0) return undefined;
  const items = parts.map((own) => {
    const [first] = own;
    return html`<li><span class="mono">${cutText(first?.operation ?? '', 80)}</span> ${cutText(first?.reason ?? '', 300)} <span class="quiet">(${counted(own.length, 'constraint')})</span></li>`;
  });
  return html`<details class="part"><summary>Not exercised at all: ${counted(parts.length, 'body').replace(
    /bodys$/,
    'bodies',
  )}</summary><ul class="why">${items}</ul></details>`;
}

function row({ in: where, pointer, keyword, facts, kept, broken, reason }: KeywordCoverage): Markup {
  const place = where === undefined ? pointer || '(body)' : `${where} ${pointer.slice(1)}`;
  return html`<tr><td class="mono">${cutText(place, 200)}</td><td class="mono">${cutText(keyword, 60)}</td><td>${facts
    .slice(0, 6)
    .map(
      (fact) => html`<span class="fact">${cutText(fact, 40)}</span> `,
    )}</td><td class="number">${kept}</td><td class="number">${broken}</td><td class="quiet">${cutText(reason ?? '', 300)}</td></tr>`;
}
