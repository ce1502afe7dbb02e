/**
 * What of a Markdown text can act: blocks and spans of code, escaped characters and entities are taken out by the rules
 * of CommonMark, then everything that means nothing. Two pages of the same structure have the same skeleton.
 */
export function markdownSkeleton(markdown: string): string {
  const lines: string[] = [];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const run = /^(`{3,})([^`]*)$/.exec(line);
    if (fence !== '') {
      if (run?.[2] === '' && (run[1] ?? '').length >= fence.length) fence = '';
    } else if (run) fence = run[1] ?? '';
    else lines.push(line);
  }
  if (fence !== '') lines.push('A BLOCK THAT IS NEVER CLOSED');
  const text = lines.map((line) => withoutSpans(withoutCode(line).replaceAll('\\|', ''))).join('\n');
  return text
    .replace(/\\[!-/:-@[-`{-~]/g, '')
    .replace(/&(amp|lt|gt|quot|#39|#8203);/g, '')
    .replace(/[^<>[\]`*_|~^$#@&\\\n]/g, '');
}

/** A line that begins with a tag is HTML: code in it is text as long as no tag stands there. */
function withoutCode(line: string): string {
  return line.startsWith('<details>') ? line.replace(/<code>[^<>]*<\/code>/g, '') : line;
}

/** A span ends at the next run of as many backticks as opened it. */
function withoutSpans(line: string): string {
  let left = '';
  let at = 0;
  for (;;) {
    const open = /(?<!\\)`+/.exec(line.slice(at));
    if (!open) return left + line.slice(at);
    const start = at + open.index;
    const body = start + open[0].length;
    const close = [...line.slice(body).matchAll(/`+/g)].find(([run]) => run.length === open[0].length);
    left += line.slice(at, start);
    if (!close) return `${left}A SPAN THAT IS NEVER CLOSED \`${line.slice(body)}`;
    at = body + close.index + open[0].length;
  }
}
