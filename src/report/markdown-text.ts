import { cutText } from './cut-text.js';

/** Enough for a sentence; the whole text stands in the JSON report. */
const longestProse = 600;
const longestCode = 300;

/** An invisible space: after it nobody is mentioned, no issue is linked and no address becomes a link. */
const apart = '&#8203;';

/**
 * Text of a server, a contract or a report file as it may stand within a line of Markdown: no character of it starts
 * markup, and code hosts neither mention anybody nor link anything for it.
 */
export function markdownProse(text: string, limit = longestProse): string {
  return cutText(text, limit)
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character)
    .replace(/[\\`*_{}[\]|~^$]/g, '\\$&')
    .replace(/[@#]/g, `\\$&${apart}`)
    .replace(/:(?=\/\/|[\w+-]+:)/g, `:${apart}`)
    .replace(/\b(www|gh)(?=[.-])/gi, `$1${apart}`);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** The same as a code span. */
export function markdownCode(text: string, limit = longestCode): string {
  const shown = cutText(text, limit);
  if (shown.trim() === '') return '';
  const fence = '`'.repeat(longestRun(shown) + 1);
  return `${fence}${/^[` ]|[` ]$/.test(shown) ? ` ${shown} ` : shown}${fence}`;
}

/** A code span in a cell of a table, where a bar would end the cell even in code. */
export function markdownCell(text: string, limit: number): string {
  return markdownCode(text, limit).replaceAll('|', '\\|');
}

/** The same as a block of code of several lines; nothing in it can end the block. */
export function markdownBlock(text: string, limit: number, language = ''): string {
  const shown = cutText(text, limit, '\n\t');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}
