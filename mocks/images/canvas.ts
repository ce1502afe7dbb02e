/**
 * One block of RGBA pixels seen twice: as words, so that flat areas are filled at memory speed, and as bytes, so that
 * single channels can be blended.
 */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly words: Uint32Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Rgb = readonly [red: number, green: number, blue: number];

export function createCanvas(width: number, height: number): Canvas {
  const bytes = new Uint8Array(width * height * 4);
  return { width, height, words: new Uint32Array(bytes.buffer), bytes };
}

/** The opaque pixel word of a colour, built through memory so that the machine's byte order does not matter. */
export function opaque([red, green, blue]: Rgb): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0] ?? 0;
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

/** Lays a colour over one pixel; opacity 0 to 1. Alpha is left as it is. */
export function blend(canvas: Canvas, pixel: number, colour: Rgb, opacity: number): void {
  const { bytes } = canvas;
  const at = pixel * 4;
  const weight = (opacity * 256) | 0;
  const rest = 256 - weight;
  bytes[at] = ((bytes[at] ?? 0) * rest + colour[0] * weight) >> 8;
  bytes[at + 1] = ((bytes[at + 1] ?? 0) * rest + colour[1] * weight) >> 8;
  bytes[at + 2] = ((bytes[at + 2] ?? 0) * rest + colour[2] * weight) >> 8;
}
