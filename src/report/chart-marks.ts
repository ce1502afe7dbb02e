import { html, type Markup } from './html-markup.js';

/** So many kinds of lines and marks tell series apart without their colours; a further one starts anew. */
export const KINDS = 6;
const dashes = ['', '8 4', '2 4', '10 4 2 4', '14 5', '5 3 2 3 2 3'] as const;

export function dashOf(kind: number): string {
  return dashes[kind % KINDS] ?? '';
}

/** A mark of its own shape for each kind, centred on the point. */
export function mark(kind: number, x: number, y: number, filled = true): Markup {
  const [a, b] = [x.toFixed(1), y.toFixed(1)];
  const at = (dx: number, dy: number) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`;
  const name = `mark k${kind % KINDS}${filled ? '' : ' hollow'}`;
  if (kind % KINDS === 0) return html`<circle class="${name}" cx="${a}" cy="${b}" r="4"/>`;
  const shapes = [
    '',
    `${at(-4, -4)} ${at(4, -4)} ${at(4, 4)} ${at(-4, 4)}`,
    `${at(0, -5)} ${at(5, 4)} ${at(-5, 4)}`,
    `${at(0, -5.5)} ${at(5.5, 0)} ${at(0, 5.5)} ${at(-5.5, 0)}`,
    `${at(-5, -4)} ${at(5, -4)} ${at(0, 5)}`,
    `${at(-5, -2)} ${at(5, -2)} ${at(5, 2)} ${at(-5, 2)}`,
  ];
  return html`<polygon class="${name}" points="${shapes[kind % KINDS]}"/>`;
}
