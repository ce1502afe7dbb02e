import type { CheckReport } from '../core/check-report.js';
import { cutText } from './cut-text.js';
import { html, type Markup } from './html-markup.js';
import { overviewStyle } from './overview-style.js';
import { checkSection, dialectSection, probeSection } from './page/check-lists.js';
import { coverageSection } from './page/coverage.js';
import { findingSection } from './page/finding-list.js';
import { firstSteps, masthead } from './page/masthead.js';
import { oracleSection } from './page/oracle.js';
import { pageStyle } from './page/page-style.js';
import { timelineSection } from './page/timeline.js';
import type { ReportContext } from './report-context.js';

/** Nothing is fetched, run, sent or framed, whatever a server managed to get into the page. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One file that opens anywhere and asks for nothing: a whole check for people, without any script. */
export function checkToHtml(report: CheckReport, context: ReportContext = {}): string {
  type Section = readonly [id: string, name: string, section: Markup | undefined];
  const first: Section = ['first', report.findings.length === 0 ? 'Not judged' : 'First', firstSteps(report)];
  const findings: Section = ['findings', 'Findings', findingSection(report, context)];
  const sections: readonly Section[] = [
    ...(report.verdict === 'conformant' && report.findings.length === 0 ? [findings, first] : [first, findings]),
    ['tasks', 'Tasks', timelineSection(report)],
    ['coverage', 'Coverage', coverageSection(report.coverage)],
    ['checks', 'Checks', checkSection(report, context)],
    ['dialects', 'Dialects', dialectSection(report.dialects)],
    ['oracle', 'Second judge', oracleSection(report.oracle)],
    ['probes', 'What was sent', probeSection(report.probes)],
  ];
  const made = sections.filter(([, , section]) => section !== undefined);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>${cutText(report.vendor, 120)}: ${report.verdict}</title>
<style>${overviewStyle}${pageStyle}</style>
</head>
<body>
${masthead(report)}
<main>
<nav aria-label="Sections"><ul>${made.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
${made.map(([, , section]) => section)}
</main>
</body>
</html>
`.text;
}
