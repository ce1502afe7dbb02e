import { readFile } from 'node:fs/promises';
import { pointerTokens } from '../core/pointer.js';

/** Counted from 1: the line on which a place of a YAML or JSON file begins; the nearest place around it where it is not there. */
export type LineOf = (pointer: string) => number;

/**
 * Reads a contract's source for its lines only. YAML is loaded here and nowhere else for a shipped contract, so call it
 * where lines are really asked for. A file that cannot be read has every place on line 1.
 */
export async function contractLines(file: string): Promise<LineOf> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return () => 1;
  const { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml');
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : Math.max(1, counter.linePos(offset).line));
  return (pointer) => {
    let node: unknown = document.contents;
    let line = 1;
    for (const token of pointerTokens(pointer)) {
      if (isAlias(node)) node = node.resolve(document);
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === token);
        if (pair === undefined) return line;
        if (isScalar(pair.key)) line = lineAt(pair.key.range?.[0]);
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(token)] as { range?: [number, number, number] } | undefined;
        if (item === undefined) return line;
        line = lineAt(item.range?.[0]);
        node = item;
      } else return line;
    }
    return line;
  };
}
