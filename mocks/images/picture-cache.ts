import { encodeAside } from './encode-aside.js';
import type { PictureSpec } from './picture.js';

export interface PictureCache {
  /** The file for a spec. Callers share the bytes and must not write to them. */
  get(spec: PictureSpec): Promise<Uint8Array<ArrayBuffer>>;
}

/** Remembers encoded pictures up to `maxBytes` in all; the one asked for longest ago goes first. */
export function createPictureCache(
  maxBytes: number,
  encode: (spec: PictureSpec) => Promise<Uint8Array<ArrayBuffer>> = encodeAside,
): PictureCache {
  // A map keeps insertion order, so taking an entry out and putting it back makes it the youngest.
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const underway = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  let size = 0;

  function keep(key: string, bytes: Uint8Array<ArrayBuffer>): void {
    // Making room for a picture that can never fit would empty the cache for nothing.
    if (bytes.length > maxBytes) {
      return;
    }
    kept.set(key, bytes);
    size += bytes.length;
    for (const [oldKey, oldBytes] of kept) {
      if (size <= maxBytes) {
        return;
      }
      kept.delete(oldKey);
      size -= oldBytes.length;
    }
  }

  async function make(key: string, spec: PictureSpec): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await encode(spec);
    keep(key, bytes);
    return bytes;
  }

  return {
    async get(spec) {
      const key = keyOf(spec);
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const joined = underway.get(key);
      if (joined !== undefined) {
        return joined;
      }
      const started = make(key, spec).finally(() => underway.delete(key));
      underway.set(key, started);
      return started;
    },
  };
}

/** Fields in a fixed order: two specs with the same content have the same key however they were written down. */
function keyOf(spec: PictureSpec): string {
  const { width, height, format, alpha, seed, lines, compression } = spec;
  return JSON.stringify([width, height, format, alpha, seed, lines, compression]);
}
