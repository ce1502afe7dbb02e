import type { CheckReport } from '../core/check-report.js';
import type { LoadReport } from '../core/load-report.js';
import { html } from './html-markup.js';
import { contactSheet, type OverviewImage } from './overview-images.js';
import { loadSection } from './overview-load.js';
import { overviewStyle } from './overview-style.js';
import { summaryTable } from './overview-summary.js';
import { vendorSection } from './overview-vendor.js';
import { counted } from './report-words.js';

export interface Overview {
  readonly title: string;
  /** Shown as it is. */
  readonly generatedAt: string;
  readonly checks: readonly CheckReport[];
  readonly loads: readonly LoadReport[];
  readonly images: readonly OverviewImage[];
}

/** One page that opens from a file without any other request; the policy in its head forbids them too. */
export function overviewToHtml({ title, generatedAt, checks, loads, images }: Overview): string {
  const contents = [
    ...(checks.length > 0 ? [counted(checks.length, 'conformance report')] : []),
    ...(loads.length > 0 ? [counted(loads.length, 'load report')] : []),
    ...(images.length > 0 ? [counted(images.length, 'image')] : []),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${overviewStyle}</style>
</head>
<body>
<header class="masthead">
<p class="brand">proofsheet</p>
<h1>${title}</h1>
<p class="quiet">${[generatedAt, ...contents].join(' · ')}</p>
</header>
<main>
${checks.length > 0 ? html`<section>${summaryTable(checks)}</section>` : undefined}
${contactSheet(images)}
${checks.map(vendorSection)}
${loadSection(loads)}
</main>
</body>
</html>
`.text;
}
