import type { CheckReport } from '../core/check-report.js';
import { UsageError } from '../core/errors.js';
import type { LoadReport, PolicyComparison } from '../core/load-report.js';
import { checkToJson } from './check-json.js';
import { checkToJunit } from './check-junit.js';
import { comparisonToHtml } from './comparison-html.js';
import { comparisonToMarkdown } from './comparison-markdown.js';
import { loadToHtml } from './load-html.js';
import { loadToJson } from './load-json.js';
import { loadToMarkdown } from './load-markdown.js';
import { stableJson } from './stable-json.js';

export type Reporter<Report> = (report: Report) => string;

/** What `check --report FORMAT=PATH` can write; a new format is one file and one row. */
export const checkFormats: ReadonlyMap<string, Reporter<CheckReport>> = new Map([
  ['json', checkToJson],
  ['junit', checkToJunit],
]);

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

/** The reporter of that name; an unknown name is a usage error that lists the known ones. */
export function reporterFor<Report>(formats: ReadonlyMap<string, Reporter<Report>>, name: string): Reporter<Report> {
  const reporter = formats.get(name);
  if (reporter) return reporter;
  throw new UsageError(`report format ${JSON.stringify(name)} is unknown: use ${[...formats.keys()].join(' or ')}`);
}
