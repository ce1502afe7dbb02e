import { trusted } from './html-markup.js';

/** Colours stand in custom properties only, so that dark is a second set of values and nothing else. */
export const overviewStyle = trusted(`
:root { color-scheme: light dark; --paper: #faf9f7; --card: #fff; --ink: #1d1c1a; --quiet: #6a665f; --line: #e4e0d9;
  --pass: #2f7d4f; --fail: #b8372b; --warn: #a66a00; --note: #3b6ea5; --idle: #b6b0a5; --bar: #3f4a5a; --part: #aab4c2;
  --track: #efece6; --wash-pass: #e6f2ea; --wash-fail: #fbe9e7; --wash-warn: #fbf0dc; --wash-note: #e8f0f8; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161615; --card: #1f1e1d; --ink: #eceae6; --quiet: #a09b92; --line: #35332f;
    --pass: #6cc08b; --fail: #f0877b; --warn: #e0ab52; --note: #85b3e0; --idle: #5c5850; --bar: #9fb0c8; --part: #55627a;
    --track: #2a2926; --wash-pass: #1d3125; --wash-fail: #3a201d; --wash-warn: #35290f; --wash-note: #1c2a3a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
.masthead, main { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
.masthead { padding-top: 48px; padding-bottom: 24px; }
.brand { margin: 0 0 4px; font-size: 12px; font-weight: 600; letter-spacing: .14em; text-transform: uppercase;
  color: var(--quiet); }
h1 { margin: 0 0 6px; font-size: clamp(26px, 4vw, 36px); line-height: 1.15; letter-spacing: -.02em; font-weight: 650; }
h2 { margin: 0 0 16px; font-size: 20px; letter-spacing: -.01em; font-weight: 620; }
h3 { margin: 28px 0 10px; font-size: 13px; font-weight: 620; color: var(--quiet); }
p { margin: 0; }
a { color: inherit; text-decoration-color: var(--idle); text-underline-offset: 3px; }
.quiet { color: var(--quiet); font-size: 13px; }
.mono, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 13px; }
main > section, .vendor { margin-bottom: 28px; padding: 24px; background: var(--card); border: 1px solid var(--line);
  border-radius: 10px; }
main { padding-bottom: 64px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 10px 12px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { padding-top: 0; border: 0; font-size: 12px; font-weight: 600; color: var(--quiet); white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
tbody th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; }
.scroll tbody th { white-space: nowrap; }
@media (min-width: 641px) {
  .summary .vendor-cell { width: 24%; } .summary .checks-cell { width: 36%; } .summary .findings-cell { width: 22%; } }
.check-bar { display: block; margin: 8px 0 4px; border-radius: 3px; background: var(--track); }
rect.pass { fill: var(--pass); } rect.fail { fill: var(--fail); } rect.inconclusive { fill: var(--warn); }
rect.skipped { fill: var(--idle); }
.pill { display: inline-block; padding: 1px 10px; border-radius: 99px; font-size: 13px; font-weight: 600;
  white-space: nowrap; }
.pill.conformant { color: var(--pass); background: var(--wash-pass); }
.pill.violations { color: var(--fail); background: var(--wash-fail); }
.pill.inconclusive { color: var(--warn); background: var(--wash-warn); }
summary { cursor: pointer; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--note); outline-offset: 3px; border-radius: 4px; }
.vendor > summary { display: flex; align-items: center; gap: 12px; list-style: none; }
.vendor > summary::-webkit-details-marker { display: none; }
.vendor > summary::after { content: "+"; margin-left: auto; font-size: 20px; line-height: 1; color: var(--quiet); }
.vendor[open] > summary::after { content: "\\2212"; }
.vendor > summary h2 { margin: 0; }
dl, dd { margin: 0; }
.facts { display: flex; flex-wrap: wrap; gap: 12px 32px; margin-top: 18px; }
dt { font-size: 12px; color: var(--quiet); }
.notice { color: var(--warn); font-weight: 600; }
p.notice { margin-top: 16px; padding: 8px 12px; border-radius: 6px; background: var(--wash-warn); }
.finding { margin-bottom: 12px; padding: 14px 16px; border-radius: 8px; border: 1px solid var(--line); }
.finding > p { margin: 6px 0 10px; white-space: pre-wrap; }
.severity { display: inline-block; padding: 0 8px; margin-right: 4px; border-radius: 4px; font-size: 12px;
  font-weight: 650; }
.error .severity { color: var(--fail); background: var(--wash-fail); }
.warning .severity { color: var(--warn); background: var(--wash-warn); }
.note .severity { color: var(--note); background: var(--wash-note); }
.fact { display: inline-block; padding: 0 6px; border: 1px solid var(--line); border-radius: 4px; font-size: 12px;
  color: var(--quiet); }
.evidence > div { display: grid; grid-template-columns: 88px minmax(0, 1fr); gap: 4px 12px; padding: 2px 0; }
.evidence dt { line-height: 23px; }
.evidence dd { white-space: pre-wrap; }
.again { margin-top: 8px; font-size: 13px; color: var(--quiet); }
pre { margin: 8px 0 0; padding: 10px 12px; border-radius: 6px; background: var(--track); color: var(--ink);
  white-space: pre-wrap; }
.checks { border-top: 1px solid var(--line); }
.checks:last-of-type { border-bottom: 1px solid var(--line); }
.checks > summary { padding: 8px 0; font-weight: 600; }
.checks ul { list-style: none; margin: 0 0 12px; padding: 0; }
.checks li { display: grid; grid-template-columns: minmax(0, 16em) minmax(0, 1fr) fit-content(12em); gap: 2px 16px; padding: 4px 0; }
.dot { display: inline-block; width: 8px; height: 8px; margin: 0 8px 1px 4px; border-radius: 50%; background: var(--idle); }
.dot.pass { background: var(--pass); } .dot.fail { background: var(--fail); } .dot.inconclusive { background: var(--warn); }
.journeys, .steps { list-style: none; margin: 0; padding: 0; }
.journeys > li { padding: 8px 0; border-top: 1px solid var(--line); }
.steps { display: flex; flex-wrap: wrap; gap: 6px 18px; margin-top: 4px; }
.steps li { position: relative; padding: 1px 10px; border-radius: 5px; background: var(--track); font-size: 13px; }
.steps li:not(:last-child)::after { content: ""; position: absolute; right: -14px; top: 50%; width: 10px; height: 1px;
  background: var(--idle); }
.steps small { color: var(--quiet); font-size: 12px; }
.steps .submit { background: var(--wash-note); } .steps .download { background: var(--wash-pass); }
.steps .trouble { background: var(--wash-fail); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 28px 40px;
  margin-bottom: 28px; }
.chart { margin: 0; min-width: 0; }
.chart figcaption { margin-bottom: 10px; }
svg { display: block; overflow: hidden; }
svg text { fill: var(--ink); font-size: 13px; } svg .value { fill: var(--quiet); font-variant-numeric: tabular-nums; }
.track { fill: var(--track); } .whole { fill: var(--bar); } .part { fill: var(--part); }
.thresholds { list-style: none; margin: 0; padding: 0; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(148px, 1fr)); gap: 18px 14px; padding: 22px;
  border-radius: 6px; background: #131211; color: #d8d3c8; }
.sheet figure { margin: 0; min-width: 0; }
.print { position: relative; display: grid; place-items: center; aspect-ratio: 1; background: #201f1d; }
.print img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
.missing { padding: 12px; font-size: 12px; text-align: center; color: #948d80; }
.sheet figcaption { margin-top: 6px; font-size: 12px; line-height: 1.4; }
.sheet figcaption b { margin-right: 4px; color: #e5a84b; font-variant-numeric: tabular-nums; }
@media (max-width: 640px) {
  .masthead, main { padding-left: 16px; padding-right: 16px; }
  .masthead { padding-top: 28px; }
  main > section, .vendor { padding: 16px; margin-bottom: 16px; }
  .evidence > div { grid-template-columns: minmax(0, 1fr); gap: 0; margin-bottom: 4px; }
  .summary thead { display: none; }
  .summary tr { display: block; padding: 12px 0; border-top: 1px solid var(--line); }
  .summary tbody tr:first-child { padding-top: 0; border: 0; }
  .summary th, .summary td { display: grid; grid-template-columns: 84px minmax(0, 1fr); padding: 3px 0; border: 0;
    text-align: left; justify-items: start; white-space: normal; }
  .summary td > div { width: 100%; }
  .summary [data-label]::before { content: attr(data-label); font-size: 13px; font-weight: 400; color: var(--quiet); }
  .checks li { grid-template-columns: minmax(0, 1fr); padding: 7px 0; }
  .sheet { grid-template-columns: repeat(2, minmax(0, 1fr)); padding: 12px; gap: 14px 10px; }
}
@media print { .vendor, main > section { break-inside: avoid; border: 0; padding: 0; } }
`);
