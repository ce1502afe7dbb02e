import { trusted } from '../html-markup.js';

/** What the page of one check has beside the overview's style; colours are those of the overview. */
export const pageStyle = trusted(`
h1 .pill { vertical-align: 4px; letter-spacing: 0; }
.masthead .facts dd { font-size: 14px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 20px; padding: 0; list-style: none; }
#first ol { margin: 0; padding-left: 22px; } #first li { padding: 3px 0; }
.choice { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 0 0 14px; padding: 0; border: 0; }
.choice legend { float: left; padding: 0; margin-right: 14px; color: var(--quiet); }
.choice input { accent-color: var(--bar); }
input:focus-visible { outline: 2px solid var(--note); outline-offset: 2px; }
#findings:has(#show-error:not(:checked)) .finding.error, #findings:has(#show-warning:not(:checked)) .finding.warning,
#findings:has(#show-note:not(:checked)) .finding.note { display: none; }
.checks li:target, .trip:target,
.finding:target { outline: 2px solid var(--note); outline-offset: 2px; }
.broken { margin: 8px 0; padding: 0; list-style: none; } .broken li { padding: 2px 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 12px; padding: 0; list-style: none; font-size: 13px;
  color: var(--quiet); }
.legend li { display: flex; align-items: center; gap: 6px; }
.defs { position: absolute; }
.trip, .part { border-top: 1px solid var(--line); }
.trip > summary, .part > summary { padding: 8px 0; }
.lanes { padding: 2px 0 14px; }
.lane { display: grid; grid-template-columns: 84px minmax(0, 1fr); align-items: center; }
.lane > span { font-size: 12px; color: var(--quiet); }
.lane > svg { width: 100%; overflow: visible; border-left: 1px solid var(--line); border-right: 1px solid var(--line); }
.axis > div { display: flex; justify-content: space-between; border-top: 1px solid var(--line); font-size: 12px;
  color: var(--quiet); font-variant-numeric: tabular-nums; }
.axis i { font-style: normal; }
.mark { overflow: visible; } .mark path { stroke: var(--ink); stroke-width: 1.5; fill: var(--card); }
.mark.change path { fill: var(--bar); } .mark.callback path { fill: var(--part); } .mark.parallel path { fill: var(--part); }
.mark.trouble path { stroke: var(--fail); stroke-width: 2.5; fill: none; }
.bar rect { stroke: var(--bar); stroke-width: 1; fill: var(--part); }
.bar text { font-size: 12px; fill: var(--ink); paint-order: stroke; stroke: var(--card); stroke-width: 4px;
  stroke-linejoin: round; }
.bar.queued rect { fill: url(#hatch); } .bar.running rect { fill: url(#dots); }
.bar.succeeded rect { fill: var(--wash-pass); stroke: var(--pass); }
.bar.failed rect, .bar.cancelled rect { fill: url(#cross); stroke: var(--fail); } .bar.other rect { fill: none; }
.ground { fill: var(--track); } .ink { fill: var(--part); } .line { stroke: var(--part); stroke-width: 1.5; fill: none; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 8px 40px;
  margin: 12px 0 20px; align-items: start; }
.keywords caption { padding-bottom: 6px; text-align: left; font-weight: 600; font-size: 13px; }
.keywords th, .keywords td { padding: 4px 8px; vertical-align: middle; } .keywords .share { width: 45%; }
.keywords th { font-weight: 400; }
.full { fill: var(--bar); } .some { fill: url(#hatch); }
.part table { font-size: 13px; margin-bottom: 16px; } .part th, .part td { padding: 4px 16px 4px 0; }
.why, .probes { margin: 4px 0 12px; padding-left: 20px; } .probes > li { padding: 4px 0; }
@media (max-width: 640px) {
  .lane { grid-template-columns: 66px minmax(0, 1fr); }
  .axis i:nth-child(even) { display: none; }
}
/* Below the title of a check. */
.more { display: block; }
/* One click takes the whole command. */
.command { user-select: all; -webkit-user-select: all; cursor: copy; }
@media print {
  .choice, nav { display: none; }
  .finding { break-inside: avoid-page; }
  .finding details::details-content { content-visibility: visible; height: auto; }
}
`);
