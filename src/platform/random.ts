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

/** 32-bit FNV-1a with a final mix, over any number of parts. */
export function hash32(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = `${part}\u0000`;
    for (let index = 0; index < text.length; index += 1) {
      hash ^= text.charCodeAt(index);
      hash = Math.imul(hash, 0x01000193);
    }
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

export function createRng(...seed: readonly (string | number)[]): Rng {
  let state = hash32(...seed);
  let stream = hash32('stream', ...seed) | 1;
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
    text: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join(''),
    pick: (values) => values[integer(0, values.length - 1)] ?? values[0],
  };
}
