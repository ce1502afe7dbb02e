import { type Canvas, createCanvas } from './canvas.js';
import { paintCaption } from './caption.js';
import { cutOut } from './cut-out.js';
import type { PictureSpec } from './picture.js';
import { paintScene } from './scene.js';
import { seedNumbers } from './seed-numbers.js';

/** The raw pixels of a picture, row by row: RGBA where the spec asks for alpha, RGB otherwise. */
export function paint(spec: PictureSpec): Uint8Array {
  const { width, height } = spec;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new RangeError(`A picture is at least 1x1 whole pixels, not ${width}x${height}`);
  }
  const canvas = createCanvas(width, height);
  paintScene(canvas, seedNumbers(spec.seed));
  paintCaption(canvas, spec.lines);
  if (!spec.alpha) {
    return withoutAlpha(canvas);
  }
  cutOut(canvas);
  return canvas.bytes;
}

function withoutAlpha({ width, height, bytes }: Canvas): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = bytes[from] ?? 0;
    rgb[to + 1] = bytes[from + 1] ?? 0;
    rgb[to + 2] = bytes[from + 2] ?? 0;
  }
  return rgb;
}
