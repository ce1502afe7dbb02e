import { visibleControls } from './visible-controls.js';

/**
 * At most `limit` characters, an ellipsis included, with every character that could act written out. Only the part that
 * is shown is looked at, so that a text of many megabytes costs nothing.
 */
export function cutText(text: string, limit: number, keep = ''): string {
  const head = text.length > limit ? text.slice(0, limit) : text;
  const shown = visibleControls(head, keep);
  if (shown.length <= limit && head.length === text.length) return shown;
  return `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
