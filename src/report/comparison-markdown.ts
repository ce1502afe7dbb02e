import type { PolicyComparison } from '../core/load-report.js';
import { comparisonCells, comparisonColumns, comparisonFacts } from './comparison-words.js';
import { markdownTable, markdownText } from './load-markdown.js';

/** Policies on the same tasks, side by side, for a pull request or a wiki page. */
export function comparisonToMarkdown(comparison: PolicyComparison): string {
  const { vendor, rows, recommended } = comparison;
  return `${[
    `# Polling policies for ${markdownText(vendor)}`,
    `**Recommended**: ${markdownText(recommended.policy)}: ${markdownText(recommended.reason)}`,
    markdownTable(['', ''], comparisonFacts(comparison)),
    markdownTable(comparisonColumns, rows.map(comparisonCells)),
  ].join('\n\n')}\n`;
}
