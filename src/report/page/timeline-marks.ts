import { cutText } from '../cut-text.js';
import { html, type Markup } from '../html-markup.js';

/** The stretch of time that a timeline shows, in Unix milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a moment lies, in percent of the width. */
export function percentAt({ from, to }: Span, at: number): number {
  const share = to > from ? (at - from) / (to - from) : 0;
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}

const shapes = {
  /** A poll that told nothing new. */
  same: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0',
  /** A poll that told of another phase. */
  change: 'M0 -6L6 0L0 6L-6 0Z',
  /** An answer that is an error, or none. */
  trouble: 'M-5 -5L5 5M-5 5L5 -5',
  /** Polls that were sent at the same moment. */
  parallel: 'M-4 -4H4V4H-4Z',
  callback: 'M0 -6L6 5H-6Z',
} as const;
export type Shape = keyof typeof shapes;

/** A mark at a moment: told apart by its shape, explained by its title. */
export function mark(shape: Shape, x: number, title: string): Markup {
  return html`<svg x="${x}%" y="11" class="mark ${shape}"><path d="${shapes[shape]}"/><title>${cutText(title, 300)}</title></svg>`;
}

/** A stretch from one moment to another. Its word is cut at its end, and left out where nothing of it could be read. */
export function bar(kind: string, from: number, to: number, title: string, word = ''): Markup {
  const width = Math.max(0.6, Math.round((to - from) * 100) / 100);
  const label =
    word === '' || (width < 4 && to <= 99)
      ? undefined
      : // The last stretch of a task is short, and its word the one that counts: it may reach back over the one before.
        to > 99 && width < word.length
        ? html`<text x="${to}%" dx="-6" y="15" text-anchor="end">${cutText(word, 40)}</text>`
        : html`<svg x="${from}%" y="3" width="${width}%" height="16"><text x="6" y="12">${cutText(word, 40)}</text></svg>`;
  return html`<g class="bar ${kind}"><rect x="${from}%" y="3" width="${width}%" height="16"/>${label}<title>${cutText(title, 300)}</title></g>`;
}

/** What the marks mean, drawn with the marks themselves. */
export function legend(): Markup {
  const entry = (drawn: Markup, word: string) =>
    html`<li><svg width="22" height="22" aria-hidden="true">${drawn}</svg>${word}</li>`;
  return html`<ul class="legend">${entry(mark('same', 50, ''), 'poll, nothing new')}${entry(
    mark('change', 50, ''),
    'poll, another phase',
  )}${entry(mark('parallel', 50, ''), 'polls at once')}${entry(mark('trouble', 50, ''), 'error or no answer')}${entry(
    mark('callback', 50, ''),
    'callback',
  )}${entry(bar('request', 5, 95, ''), 'from request to answer')}</ul>`;
}

/** Patterns tell the phases apart where colours cannot. They are defined once and used by every timeline. */
export function patterns(): Markup {
  return html`<svg width="0" height="0" class="defs" aria-hidden="true"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="ground"/><rect width="2" height="6" class="ink"/></pattern>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="ground"/><circle cx="3" cy="3" r="1.2" class="ink"/></pattern>
<pattern id="cross" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="ground"/><path d="M0 3.5H7M3.5 0V7" class="line"/></pattern>
</defs></svg>`;
}
