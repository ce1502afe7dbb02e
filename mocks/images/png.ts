import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const TRUECOLOUR = 2;
const TRUECOLOUR_WITH_ALPHA = 6;
const BITS_PER_CHANNEL = 8;
/** The fastest level: a mock is asked for many pictures, and nobody archives them. */
const COMPRESSION_LEVEL = 1;

/** Makes a zlib stream of the bytes. */
export type Deflate = (bytes: Uint8Array, options: { readonly level: number }) => Promise<Uint8Array> | Uint8Array;

const deflateAside: Deflate = promisify(deflate);

/**
 * Wraps raw RGB or RGBA pixels in a PNG file (PNG specification, third edition). Compresses off the event loop, unless the
 * caller has a thread of its own to do it on.
 */
export async function encodePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  alpha: boolean,
  compress: Deflate = deflateAside,
): Promise<Uint8Array<ArrayBuffer>> {
  const stride = width * (alpha ? 4 : 3);
  if (pixels.length !== stride * height) {
    throw new RangeError(`A ${width}x${height} picture has ${stride * height} bytes of pixels, not ${pixels.length}`);
  }
  const data = await compress(toScanlines(pixels, stride, height), { level: COMPRESSION_LEVEL });
  return concatenate([
    SIGNATURE,
    chunk('IHDR', header(width, height, alpha)),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Compression, filter and interlace method stay 0, the only or plainest choice. */
function header(width: number, height: number, alpha: boolean): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, BITS_PER_CHANNEL);
  view.setUint8(9, alpha ? TRUECOLOUR_WITH_ALPHA : TRUECOLOUR);
  return bytes;
}

/** Each row is led by its filter type; 0 means as is. Filtering would cost more here than it saves. */
function toScanlines(pixels: Uint8Array, stride: number, height: number): Uint8Array {
  const scanlines = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    scanlines.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  return scanlines;
}

/** Length, type, data and a checksum over type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
