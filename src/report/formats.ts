import type { CheckReport } from '../core/check-report.js';
import type { DiffReport } from '../core/drift-report.js';
import { UsageError } from '../core/errors.js';
import type { LoadReport, PolicyComparison } from '../core/load-report.js';
import { checkToHar } from './check-har.js';
import { checkToHtml } from './check-html.js';
import { checkToJson } from './check-json.js';
import { checkToJunit } from './check-junit.js';
import { checkToMarkdown } from './check-markdown.js';
import { checkToSarif } from './check-sarif.js';
import { comparisonToHtml } from './comparison-html.js';
import { comparisonToMarkdown } from './comparison-markdown.js';
import { diffToMarkdown } from './diff-markdown.js';
import { loadToHtml } from './load-html.js';
import { loadToJson } from './load-json.js';
import { loadToMarkdown } from './load-markdown.js';
import type { Reporter } from './report-context.js';
import { stableJson } from './stable-json.js';

/** What `check --report FORMAT=PATH` can write; a new format is one file and one row. */
export const checkFormats: ReadonlyMap<string, Reporter<CheckReport>> = new Map([
  ['json', checkToJson],
  ['junit', checkToJunit],
  ['sarif', checkToSarif],
  ['markdown', checkToMarkdown],
  ['har', checkToHar],
  ['html', checkToHtml],
]);

/** Formats that point into the contract's file: its lines have to be looked up for them. */
export const formatsWithLines: ReadonlySet<string> = new Set(['sarif']);

/** What `load --report FORMAT=PATH` can write. */
export const loadFormats: ReadonlyMap<string, Reporter<LoadReport>> = new Map([
  ['json', loadToJson],
  ['markdown', loadToMarkdown],
  ['html', loadToHtml],
]);

/** What `load --compare-policies --report FORMAT=PATH` can write. */
export const comparisonFormats: ReadonlyMap<string, Reporter<PolicyComparison>> = new Map([
  ['json', (comparison: PolicyComparison) => stableJson(comparison)],
  ['markdown', comparisonToMarkdown],
  ['html', comparisonToHtml],
]);

/** What `diff --report FORMAT=PATH` can write. */
export const diffFormats: ReadonlyMap<string, Reporter<DiffReport>> = new Map([
  ['json', (diff: DiffReport) => stableJson(diff)],
  ['markdown', (diff: DiffReport) => diffToMarkdown(diff)],
]);

/** The reporter of that name; an unknown name is a usage error that lists the known ones. */
export function reporterFor<Report>(formats: ReadonlyMap<string, Reporter<Report>>, name: string): Reporter<Report> {
  const reporter = formats.get(name);
  if (reporter) return reporter;
  throw new UsageError(`report format ${JSON.stringify(name)} is unknown: use ${anyOf([...formats.keys()])}`);
}

function anyOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
