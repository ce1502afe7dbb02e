import { visibleControls } from './visible-controls.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Written out, because a parser turns raw ones into spaces inside an attribute.
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Text that is safe as XML 1.0 content and inside a quoted attribute; forbidden characters become visible escapes. */
export function escapeXml(text: string): string {
  return visibleControls(text, '\n\t').replace(/[&<>"'\n\t]/g, (character) => entities[character] ?? character);
}
