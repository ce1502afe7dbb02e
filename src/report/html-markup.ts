import { escapeHtml } from './escape-html.js';

/** Text that is HTML already. Only the `html` tag makes it, and `trusted` for constants of our own. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Piece = Markup | string | number | undefined | readonly Piece[];

/** Every interpolated string is escaped, so that forgetting it is not possible; attributes are always quoted. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(strings.map((text, index) => text + rendered(pieces[index])).join(''));
}

export function trusted(constant: string): Markup {
  return new Markup(constant);
}

function rendered(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(rendered).join('');
  return escapeHtml(String(piece));
}
