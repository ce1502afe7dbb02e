export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((one, other) => one - other),
    0.5,
  );
}

/** Of sorted values. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The median of some rounds and the range that they lie in. */
export function spread(values: readonly number[], digits = 2): string {
  const range = `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
  return `${median(values).toFixed(digits)} (${range})`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Rows under headings, in columns as wide as they need. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, headings.map(() => ''), ...rows];
  const widths = headings.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row, index) => {
      const cells = widths.map((width, column) =>
        index === 1 ? '-'.repeat(width) : (row[column] ?? '').padEnd(width),
      );
      return `| ${cells.join(' | ')} |`;
    })
    .join('\n');
}
