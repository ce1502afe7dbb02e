import { visibleControls } from './visible-controls.js';

const USUAL_LIMIT = 500;

/**
 * Text of a server or a contract as it may stand on one line of a terminal: no character of it can act, and it is no
 * longer than `limit` characters, an ellipsis included. An escape is never cut in half.
 */
export function toTerminal(text: string, limit = USUAL_LIMIT): string {
  let shown = '';
  let beforeEllipsis = '';
  let length = 0;
  for (const character of text) {
    const visible = visibleControls(character);
    length += visible === character ? 1 : visible.length;
    if (length > limit) return `${beforeEllipsis}…`;
    shown += visible;
    if (length < limit) beforeEllipsis = shown;
  }
  return shown;
}
