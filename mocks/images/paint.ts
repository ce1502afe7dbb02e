import { type Layer, stripsOf } from './canvas.js';
import { captionLayer } from './caption.js';
import { cutOut } from './cut-out.js';
import type { PictureSpec } from './picture.js';
import { sceneLayers } from './scene.js';
import { seedNumbers } from './seed-numbers.js';

/**
 * The raw pixels of a picture, some rows after others: RGBA where the spec asks for alpha, RGB otherwise. Each strip stands
 * in the memory of the one before, so that it has to be used before the next is asked for.
 */
export function* paintStrips(spec: PictureSpec): Generator<Uint8Array> {
  const { width, height } = spec;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new RangeError(`A picture is at least 1x1 whole pixels, not ${width}x${height}`);
  }
  const scene = sceneLayers(spec, seedNumbers(spec.seed));
  const layers: readonly Layer[] = [...scene, captionLayer(spec, spec.lines), ...(spec.alpha ? [cutOut] : [])];
  for (const canvas of stripsOf(spec)) {
    for (const layer of layers) layer(canvas);
    yield spec.alpha ? canvas.bytes : withoutAlpha(canvas.bytes);
  }
}

/** The same as one block. */
export function paint(spec: PictureSpec): Uint8Array {
  const pixels = new Uint8Array(spec.width * spec.height * (spec.alpha ? 4 : 3));
  let at = 0;
  for (const strip of paintStrips(spec)) {
    pixels.set(strip, at);
    at += strip.length;
  }
  return pixels;
}

/** In place: what is written is never ahead of what is read. */
function withoutAlpha(bytes: Uint8Array): Uint8Array {
  const length = (bytes.length / 4) * 3;
  for (let from = 0, to = 0; to < length; from += 4, to += 3) {
    bytes[to] = bytes[from] ?? 0;
    bytes[to + 1] = bytes[from + 1] ?? 0;
    bytes[to + 2] = bytes[from + 2] ?? 0;
  }
  return bytes.subarray(0, length);
}
