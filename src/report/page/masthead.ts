import type { CheckReport } from '../../core/check-report.js';
import { formatDuration } from '../../core/duration.js';
import { cutText } from '../cut-text.js';
import { html, type Markup } from '../html-markup.js';
import { counted, elapsedMs, gravestFirst, severityCounts } from '../report-words.js';

const mostFirst = 3;
const mostReasons = 12;
const says = {
  conformant: 'keeps its contract',
  violations: 'breaks its contract',
  inconclusive: 'could not be judged',
} as const;

/** The verdict, what to do about it first, and what the run was. */
export function masthead(report: CheckReport): Markup {
  const { summary, seed, target, startedAt, finishedAt, verdict, vendor, tool } = report;
  const { pass, fail, inconclusive, skipped } = summary.checks;
  const cell = (name: string, text: string, kind = '') =>
    html`<div${kind === '' ? '' : html` class="wide"`}><dt>${name}</dt><dd>${text}</dd></div>`;
  return html`<header class="masthead">
<p class="brand">proofsheet check</p>
<h1>${cutText(vendor, 120)} <span class="pill ${verdict}">${verdict}</span></h1>
<p>${cutText(vendor, 120)} ${says[verdict]}${severityCounts(summary.findings) === '' ? '' : `: ${severityCounts(summary.findings)}`}.</p>
${summary.stopped === undefined ? undefined : html`<p class="notice">Stopped early: ${cutText(summary.stopped, 500)}</p>`}
<dl class="facts">
${cell('Target', cutText(target, 300), 'wide')}
${cell('Checks', `${pass} passed, ${fail} failed, ${inconclusive} inconclusive, ${skipped} skipped`)}
${cell('Spent', `${counted(summary.requests, 'request')}, ${counted(summary.tasks, 'task')}, ${counted(summary.images, 'image')}`)}
${cell('Depth', cutText(summary.depth, 40))}
${cell('Seed', String(seed))}
${cell('Started', cutText(startedAt, 40))}
${cell('Took', formatDuration(elapsedMs(startedAt, finishedAt)))}
${cell('Version', cutText(tool.version, 40))}
</dl>
</header>`;
}

/** What a reader should do now: the gravest findings, or what kept the run from saying more. */
export function firstSteps(report: CheckReport): Markup | undefined {
  const gravest = gravestFirst(report.findings).slice(0, mostFirst);
  const steps = gravest.map(
    ({ message, operation }, index) =>
      html`<li><a href="#finding-${index + 1}">${cutText(message, 300)}</a> <span class="quiet mono">${cutText(operation, 120)}</span></li>`,
  );
  const silent = report.checks.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'skipped');
  if (steps.length > 0)
    return html`<section id="first"><h2>What to look at first</h2>
<ol>${steps}</ol></section>`;
  if (silent.length === 0) return undefined;
  const byReason = new Map<string, string[]>();
  for (const { id, reason = 'no reason was given' } of silent)
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  const items = [...byReason]
    .slice(0, mostReasons)
    .map(
      ([reason, ids]) =>
        html`<li>${cutText(reason, 300)} <span class="quiet mono">${cutText(ids.join(', '), 300)}</span></li>`,
    );
  return html`<section id="first"><h2>What was not judged</h2>
<p class="quiet">${counted(silent.length, 'check')} said nothing, so the verdict does not speak of them.</p>
<ol>${items}</ol></section>`;
}
