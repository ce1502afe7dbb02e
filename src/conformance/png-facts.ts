import { inflateSync } from 'node:zlib';
import type { ImageFacts } from '../core/exchange.js';

/** Pixels are only looked at up to this many unpacked bytes, so that a small file cannot cost much memory. */
const largestUnpacked = 96 * 1024 * 1024;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

const channelsByColour: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

/** Undoes a row's filter in place. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  if (filter === 0) return;
  for (let at = 0; at < row.length; at += 1) {
    const left = at >= step ? (row[at - step] ?? 0) : 0;
    const up = above[at] ?? 0;
    const corner = at >= step ? (above[at - step] ?? 0) : 0;
    const add =
      filter === 1
        ? left
        : filter === 2
          ? up
          : filter === 3
            ? (left + up) >> 1
            : filter === 4
              ? paeth(left, up, corner)
              : 0;
    row[at] = ((row[at] ?? 0) + add) & 0xff;
  }
}

/** Whether a pixel is less than opaque; undefined where this reader cannot tell. */
function hasTransparentPixel(header: Header, packed: Uint8Array, palette: Uint8Array | undefined): boolean | undefined {
  const channels = channelsByColour[header.colour] ?? 0;
  const sample = header.depth / 8;
  const isPalette = header.colour === 3 && palette !== undefined;
  if (header.interlaced || sample < 1 || !(header.colour === 4 || header.colour === 6 || isPalette)) return undefined;
  const step = channels * sample;
  const rowBytes = header.width * step;
  if ((rowBytes + 1) * header.height > largestUnpacked) return undefined;
  const pixels = inflateSync(packed, { maxOutputLength: largestUnpacked });
  if (pixels.length < (rowBytes + 1) * header.height) throw new RangeError('the pixels end early');
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let line = 0; line < header.height; line += 1) {
    const start = line * (rowBytes + 1);
    const row = pixels.subarray(start + 1, start + 1 + rowBytes);
    unfilter(pixels[start] ?? 0, row, above, step);
    for (let at = step - sample; at < rowBytes; at += step) {
      const alpha = isPalette ? (palette[row[at] ?? 0] ?? 255) : row[at];
      if (alpha !== 255) return true;
    }
    above = row;
  }
  return false;
}

/** Reads the chunks of a PNG file. Throws where the header itself is cut off. */
export function pngFacts(bytes: Uint8Array): ImageFacts {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header: Header = {
    width: data.getUint32(16),
    height: data.getUint32(20),
    depth: data.getUint8(24),
    colour: data.getUint8(25),
    interlaced: data.getUint8(28) !== 0,
  };
  const packed: Uint8Array[] = [];
  let palette: Uint8Array | undefined;
  let complete = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = data.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (content.length < length || at + 12 + length > bytes.length) break;
    if (type === 'IDAT') packed.push(content);
    if (type === 'tRNS') palette = content;
    if (type === 'IEND') {
      complete = packed.length > 0;
      break;
    }
    at += 12 + length;
  }
  let transparentPixel: boolean | undefined;
  if (complete)
    try {
      transparentPixel = hasTransparentPixel(header, Buffer.concat(packed), palette);
    } catch {
      complete = false;
    }
  return {
    format: 'png',
    width: header.width,
    height: header.height,
    alphaChannel: header.colour === 4 || header.colour === 6 || palette !== undefined,
    ...(transparentPixel === undefined ? {} : { transparentPixel }),
    complete,
  };
}
