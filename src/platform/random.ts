/** Chance as an argument: a small seeded generator (splitmix over a string hash); equal seeds give equal draws. */
export interface Rng {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [min, max]. */
  integer(min: number, max: number): number;
  /** One of the characters, `length` times. */
  text(alphabet: string, length: number): string;
  pick<T>(values: readonly [T, ...T[]]): T;
}

/** FNV-1a goes on over one character. */
export function hashCode(before: number, code: number): number {
  return Math.imul(before ^ code, 0x01000193);
}

/** FNV-1a goes on over a text, so that a long one can be hashed piece by piece. */
export function hashText(before: number, text: string): number {
  let hash = before;
  for (let index = 0; index < text.length; index += 1) hash = hashCode(hash, text.charCodeAt(index));
  return hash;
}

/** The same over a part and the zero that ends it. */
export function hashPart(before: number, part: string | number): number {
  return hashCode(hashText(before, typeof part === 'string' ? part : String(part)), 0);
}

/** The hash of the parts so far. */
export function finishHash(hashed: number): number {
  let hash = hashed ^ (hashed >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

export const emptyHash = 0x811c9dc5;

/** 32-bit FNV-1a with a final mix, over any number of parts. */
export function hash32(...parts: readonly (string | number)[]): number {
  let hash = emptyHash;
  for (const part of parts) hash = hashPart(hash, part);
  return finishHash(hash);
}

const streamHash = hashPart(emptyHash, 'stream');

export function createRng(...seed: readonly (string | number)[]): Rng {
  let stateHash = emptyHash;
  let streamsHash = streamHash;
  for (const part of seed) {
    stateHash = hashPart(stateHash, part);
    streamsHash = hashPart(streamsHash, part);
  }
  let state = finishHash(stateHash);
  let stream = finishHash(streamsHash) | 1;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    stream = (Math.imul(stream, 0x5851f42d) + 0x14057b7f) | 0;
    let mixed = state ^ (stream >>> 11);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    text(alphabet, length) {
      // Made in one piece: a text put together piece by piece would keep its pieces for as long as it is kept itself.
      const codes = new Array<number>(length);
      for (let index = 0; index < length; index += 1)
        codes[index] = alphabet.charCodeAt(Math.floor(next() * alphabet.length));
      return String.fromCharCode.apply(undefined, codes);
    },
    pick: (values) => values[integer(0, values.length - 1)] ?? values[0],
  };
}
