import type { Rng } from '../../src/platform/random.js';

const alphabets: Record<string, string> = {
  alnum: '0123456789abcdefghijklmnopqrstuvwxyz',
  base32: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
};

/** A piece of a template: text as it stands, the time, or characters by chance. */
type Part = string | { readonly unix: true } | { readonly alphabet: string; readonly length: number };

function read(source: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { index, 0: whole, 1: kind = '', 2: length } of source.matchAll(/\{(\w+)(?::(\d+))?\}/g)) {
    if (index > at) parts.push(source.slice(at, index));
    parts.push(
      kind === 'unix'
        ? { unix: true }
        : { alphabet: alphabets[kind] ?? '0123456789abcdef', length: Number(length ?? 16) },
    );
    at = index + whole.length;
  }
  if (at < source.length) parts.push(source.slice(at));
  return parts;
}

/** Each vendor has one template, so that the last few are all there are. */
const known = new Map<string, readonly Part[]>();
const mostKnown = 32;

function partsOf(source: string): readonly Part[] {
  const found = known.get(source);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const made = read(source);
  known.set(source, made);
  return made;
}

/** Fills a contract's id template: `{unix}`, `{alnum:N}`, `{base32:N}`. */
export function makeTaskId(template: string, now: number, rng: Rng): string {
  const pieces = partsOf(template).map((part) => {
    if (typeof part === 'string') return part;
    return 'unix' in part ? Math.floor(now / 1000) : rng.text(part.alphabet, part.length);
  });
  // Joined, not added: an id is kept for long, and a sum of texts keeps its terms.
  return pieces.join('');
}
