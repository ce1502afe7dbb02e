/** Breaks one line at spaces so that no row is wider than `columns` characters; a longer word is cut. */
export function wrapText(line: string, columns: number): string[] {
  const rows: string[] = [];
  let row: string[] = [];
  for (const word of line.trim().split(/\s+/)) {
    // By code point, so that one emoji takes one place and is never torn in two.
    let letters = [...word];
    if (row.length > 0 && row.length + 1 + letters.length > columns) {
      rows.push(row.join(''));
      row = [];
    }
    while (letters.length > columns) {
      rows.push(letters.slice(0, columns).join(''));
      letters = letters.slice(columns);
    }
    row = row.length > 0 ? [...row, ' ', ...letters] : letters;
  }
  return row.length > 0 ? [...rows, row.join('')] : rows;
}

/** Wraps each line and, where the rows do not suffice, shortens the longest: a huge prompt leaves the others whole. */
export function fitText(lines: readonly string[], columns: number, maxRows: number): string[] {
  const blocks = lines.map((line) => wrapText(line, columns));
  const full = blocks.map((block) => block.length);
  for (let excess = blocks.flat().length - maxRows; excess > 0; excess--) {
    blocks.reduce((longest, block) => (block.length > longest.length ? block : longest)).pop();
  }
  return blocks.flatMap((block, i) => (block.length < (full[i] ?? 0) ? markCut(block, columns) : block));
}

function markCut(block: readonly string[], columns: number): string[] {
  return block.map((row, i) => (i < block.length - 1 ? row : `${[...row].slice(0, columns - 3).join('')}...`));
}
