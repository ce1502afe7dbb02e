import { visibleControls } from './visible-controls.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe as HTML content and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return visibleControls(text, '\n\t').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
