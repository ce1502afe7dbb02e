/** Shows where a long piece of work stands, in one line that is rewritten on a terminal. */
export interface Progress {
  /** `percent` 0 to 100 draws a bar. */
  show(text: string, percent?: number): void;
  /** Takes the line away. */
  end(): void;
}

const barWidth = 24;

function bar(percent: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, percent)) / 100) * barWidth);
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${String(Math.round(percent)).padStart(3)}%  `;
}

/**
 * `elsewhere` says what happens where nobody watches, in a pipe or a log: a line per change for work with few of them,
 * nothing for work with many.
 */
export function createProgress(stream: NodeJS.WriteStream, elsewhere: 'lines' | 'nothing'): Progress {
  let last = '';
  return {
    show(text, percent) {
      if (!stream.isTTY) {
        if (elsewhere === 'lines' && text !== last) stream.write(`${text}\n`);
        last = text;
        return;
      }
      const line = (percent === undefined ? text : bar(percent) + text).slice(0, (stream.columns ?? 80) - 1);
      stream.write(`\r\u001b[K${line}`);
      last = line;
    },
    end() {
      if (stream.isTTY && last !== '') stream.write('\r\u001b[K');
      last = '';
    },
  };
}
