/**
 * Control and format characters (escape sequences, bidirectional overrides, invisible tags), line separators, lone
 * surrogates and noncharacters. Joiners stay: emoji and several scripts need them.
 */
const treacherous = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return short[character] ?? (code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
}

/** The text with every character that could move a cursor, hide or reorder text written out, such as `\u001b`. */
export function visibleControls(text: string, keep = ''): string {
  return text.replace(treacherous, (character) => (keep.includes(character) ? character : visible(character)));
}
