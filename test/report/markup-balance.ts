/** Just enough of an XML reader to notice what is not well-formed in the markup that our reporters write. */
const token = /<\?xml [^?]*\?>|<!doctype html>|<(\/?)([a-zA-Z][\w-]*)((?: [\w:-]+(?:="[^"<]*")?)*)(\/?)>/y;
const badReference = /&(?!(?:amp|lt|gt|quot|apos|#\d+);)/;
const voidElements = new Set(['meta', 'img', 'input']);

/** The first mistake, or undefined where every element is closed in order and text holds no bare `<` or `&`. */
export function markupMistake(markup: string): string | undefined {
  const open: string[] = [];
  let at = 0;
  while (at < markup.length) {
    const next = markup.indexOf('<', at);
    const text = markup.slice(at, next === -1 ? undefined : next);
    if (badReference.test(text)) return `bare & in ${JSON.stringify(text.slice(0, 80))}`;
    if (next === -1) break;
    token.lastIndex = next;
    const match = token.exec(markup);
    if (!match) return `no tag at ${JSON.stringify(markup.slice(next, next + 80))}`;
    const [whole, closes, name = '', attributes = '', empty] = match;
    if (badReference.test(attributes)) return `bare & in ${whole}`;
    if (closes && open.pop() !== name) return `${whole} closes nothing`;
    if (name && !closes && !empty && !voidElements.has(name)) open.push(name);
    at = next + whole.length;
  }
  return open.length > 0 ? `<${open.at(-1)}> is never closed` : undefined;
}
