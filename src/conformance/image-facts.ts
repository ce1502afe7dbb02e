import type { ImageFacts } from '../core/exchange.js';
import { pngFacts } from './png-facts.js';

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

/** Some encoders pad the end with zeros; what counts is the last byte that says something. */
function lastMeaningful(bytes: Uint8Array): number {
  let last = bytes.length - 1;
  while (last > 0 && bytes[last] === 0) last -= 1;
  return last;
}

function jpegFacts(bytes: Uint8Array): ImageFacts | undefined {
  const data = view(bytes);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const last = lastMeaningful(bytes);
      return {
        format: 'jpeg',
        height: data.getUint16(at + 5),
        width: data.getUint16(at + 7),
        alphaChannel: false,
        complete: bytes[last - 1] === 0xff && bytes[last] === 0xd9,
      };
    }
    at += 2 + data.getUint16(at + 2);
  }
  return undefined;
}

function webpFacts(bytes: Uint8Array): ImageFacts | undefined {
  const data = view(bytes);
  const complete = data.getUint32(4, true) + 8 <= bytes.length;
  const chunk = ascii(bytes, 12, 4);
  const base = { format: 'webp', complete } as const;
  if (chunk === 'VP8X') {
    const size = (start: number) => 1 + data.getUint16(start, true) + ((bytes[start + 2] ?? 0) << 16);
    return { ...base, width: size(24), height: size(27), alphaChannel: ((bytes[20] ?? 0) & 0x10) !== 0 };
  }
  if (chunk === 'VP8L') {
    const bits = data.getUint32(21, true);
    return {
      ...base,
      width: (bits & 0x3fff) + 1,
      height: ((bits >>> 14) & 0x3fff) + 1,
      alphaChannel: ((bits >>> 28) & 1) === 1,
    };
  }
  if (chunk !== 'VP8 ') return undefined;
  return {
    ...base,
    width: data.getUint16(26, true) & 0x3fff,
    height: data.getUint16(28, true) & 0x3fff,
    alphaChannel: false,
  };
}

function gifFacts(bytes: Uint8Array): ImageFacts {
  const data = view(bytes);
  return {
    format: 'gif',
    width: data.getUint16(6, true),
    height: data.getUint16(8, true),
    alphaChannel: false,
    complete: bytes[lastMeaningful(bytes)] === 0x3b,
  };
}

/**
 * What an image file says of itself, read from its own bytes; undefined for anything that is not a PNG, JPEG, WebP or
 * GIF file with a readable header. Written here on purpose: a judge must not share a decoder with what it judges.
 */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  try {
    if (bytes[0] === 0x89 && ascii(bytes, 1, 3) === 'PNG') return pngFacts(bytes);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegFacts(bytes);
    if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return webpFacts(bytes);
    if (ascii(bytes, 0, 4) === 'GIF8') return gifFacts(bytes);
    return undefined;
  } catch {
    // A header that points past the end of the file.
    return undefined;
  }
}
