export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A strip of a picture: RGBA pixels of some of its rows, seen twice: as words, so that flat areas are filled at memory
 * speed, and as bytes, so that single channels can be blended.
 */
export interface Canvas extends Size {
  /** The first row of the picture that is on it, and the one behind the last. */
  readonly top: number;
  readonly bottom: number;
  readonly words: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Paints what it has to paint on those rows that a strip has. */
export type Layer = (canvas: Canvas) => void;

export type Rgb = readonly [red: number, green: number, blue: number];

/** A strip and what is done with it stay in the cache next to a core: whole pictures would push out all else. */
const stripBytes = 256 * 1024;

/** The strips of a picture from its top to its bottom, each in the place of the one before. */
export function* stripsOf({ width, height }: Size): Generator<Canvas> {
  const rows = Math.min(height, Math.max(1, Math.floor(stripBytes / 4 / width)));
  const memory = new ArrayBuffer(rows * width * 4);
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(height, top + rows);
    const pixels = (bottom - top) * width;
    const words = new Uint32Array(memory, 0, pixels).fill(0);
    yield { width, height, top, bottom, words, bytes: new Uint8Array(memory, 0, pixels * 4) };
  }
}

const oneBytes = new Uint8Array(4);
const oneWord = new Uint32Array(oneBytes.buffer);

/** The opaque pixel word of a colour, built through memory so that the machine's byte order does not matter. */
export function opaque(colour: Rgb): number {
  oneBytes.set(colour);
  oneBytes[3] = 255;
  return oneWord[0] ?? 0;
}

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    Math.round(from[0] + (to[0] - from[0]) * share),
    Math.round(from[1] + (to[1] - from[1]) * share),
    Math.round(from[2] + (to[2] - from[2]) * share),
  ];
}

/** Hue counts in turns and wraps around; saturation and lightness lie between 0 and 1. */
export function hsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const position = (((offset + hue * 12) % 12) + 12) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(position - 3, 9 - position, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Lays a colour over the pixel of that number on the strip; opacity 0 to 1. Alpha is left as it is. */
export function blend({ bytes }: Canvas, pixel: number, colour: Rgb, opacity: number): void {
  const at = pixel * 4;
  const weight = (opacity * 256) | 0;
  const rest = 256 - weight;
  bytes[at] = ((bytes[at] ?? 0) * rest + colour[0] * weight) >> 8;
  bytes[at + 1] = ((bytes[at + 1] ?? 0) * rest + colour[1] * weight) >> 8;
  bytes[at + 2] = ((bytes[at + 2] ?? 0) * rest + colour[2] * weight) >> 8;
}
