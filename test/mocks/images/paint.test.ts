import { expect, test } from 'vitest';
import { paint } from '../../../mocks/images/paint.js';
import type { PictureSpec } from '../../../mocks/images/picture.js';

const BLANK: PictureSpec = { width: 256, height: 256, format: 'png', alpha: false, seed: 'fox', lines: [] };

/** The share of pixels that two RGB pictures do not have in common. */
function difference(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < one.length; at += 3) {
    count += one[at] !== other[at] || one[at + 1] !== other[at + 1] || one[at + 2] !== other[at + 2] ? 1 : 0;
  }
  return count / (one.length / 3);
}

test('three bytes for each opaque pixel, four where there is alpha', () => {
  expect(paint({ ...BLANK, width: 30, height: 20 })).toHaveLength(30 * 20 * 3);
  expect(paint({ ...BLANK, width: 30, height: 20, alpha: true })).toHaveLength(30 * 20 * 4);
});

test('seeds that differ in one letter give clearly different pictures', () => {
  expect(difference(paint({ ...BLANK, seed: 'fox-0' }), paint({ ...BLANK, seed: 'fox-1' }))).toBeGreaterThan(0.9);
});

test('the caption changes the pixels under it and leaves the sky alone', () => {
  const plain = paint(BLANK);
  const captioned = paint({ ...BLANK, lines: ['A red fox asleep in the snow'] });

  expect(difference(plain, captioned)).toBeGreaterThan(0.02);
  const sky = 256 * 60 * 3;
  expect(captioned.subarray(0, sky)).toEqual(plain.subarray(0, sky));
});

test('the end of a prompt that is far too long does not push the other lines out', () => {
  const prompt = 'a fox '.repeat(5000);

  const first = paint({ ...BLANK, lines: [prompt, '1 of 2'] });
  const second = paint({ ...BLANK, lines: [prompt, '2 of 2'] });

  expect(second).not.toEqual(first);
});

test('a picture too small for letters has no caption', () => {
  const small = { ...BLANK, width: 16, height: 16 };

  expect(paint({ ...small, lines: ['fox'] })).toEqual(paint(small));
});
