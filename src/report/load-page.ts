import { html, type Markup, type Piece, trusted } from './html-markup.js';
import { overviewStyle } from './overview-style.js';

/** Lines and marks take their colours from the page's, so that dark needs nothing more; shapes tell them apart anyway. */
const chartStyle = trusted(`
:root { --k0: #3f4a5a; --k1: #a66a00; --k2: #3b6ea5; --k3: #2f7d4f; --k4: #b8372b; --k5: #7a5195; }
@media (prefers-color-scheme: dark) {
  :root { --k0: #c9d3e3; --k1: #e0ab52; --k2: #85b3e0; --k3: #6cc08b; --k4: #f0877b; --k5: #c39bd8; } }
.plots { display: grid; gap: 36px; }
.plot { margin: 0; min-width: 0; }
.plot figcaption { margin-bottom: 8px; }
.plot svg { width: 100%; min-width: 560px; height: auto; }
.plot .grid { stroke: var(--line); } .plot .axis, .plot .tick { stroke: var(--quiet); }
.plot .span { stroke: var(--quiet); stroke-width: 2; }
.plot .leader { stroke: var(--idle); }
.line, .front { fill: none; stroke-width: 2; stroke-linejoin: round; }
.front { stroke: var(--idle); stroke-dasharray: 6 4; }
.ring { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.line.k0 { stroke: var(--k0); } .line.k1 { stroke: var(--k1); } .line.k2 { stroke: var(--k2); }
.line.k3 { stroke: var(--k3); } .line.k4 { stroke: var(--k4); } .line.k5 { stroke: var(--k5); }
.mark { stroke-width: 1.5; stroke: var(--card); }
.mark.k0 { fill: var(--k0); } .mark.k1 { fill: var(--k1); } .mark.k2 { fill: var(--k2); }
.mark.k3 { fill: var(--k3); } .mark.k4 { fill: var(--k4); } .mark.k5 { fill: var(--k5); }
.mark.hollow { fill: var(--card); stroke: var(--k1); }
.data { margin-top: 6px; } .data summary { font-size: 13px; color: var(--quiet); }
.data table { margin-top: 12px; font-size: 13px; } .data th, .data td { padding: 4px 10px; }
.facts + table, .facts + .scroll { margin-top: 24px; }
.pill.MET { color: var(--pass); background: var(--wash-pass); } .pill.MISSED, .pill.BROKEN { color: var(--fail); background: var(--wash-fail); }
.pill.MEASURED { color: var(--note); background: var(--wash-note); }
.verdict { margin-top: 4px; }
tr.best th, tr.best td { background: var(--wash-pass); }
`);

/** One page that opens from a file without any other request; the policy in its head forbids them too. */
export function loadPage(title: string, lead: Piece, sections: readonly Markup[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${overviewStyle}${chartStyle}</style>
</head>
<body>
<header class="masthead">
<p class="brand">proofsheet</p>
<h1>${title}</h1>
${lead}
</header>
<main>${sections}
</main>
</body>
</html>
`.text;
}
