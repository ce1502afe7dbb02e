/** Scripts whose characters take two columns of a terminal; close enough for padding and wrapping. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
const widthless = /[\p{Mn}\u200c\u200d]/u;

export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthless.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** The text cut to the columns, with an ellipsis where something is missing. */
export function cutColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += columnsOf(character);
    if (used > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Lines of at most that many columns, broken at spaces; a longer word is broken inside. */
export function wrapColumns(text: string, columns: number): string[] {
  const room = Math.max(10, columns);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columnsOf(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (columnsOf(line + character) > room) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return [...lines, line];
}
