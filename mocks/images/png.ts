import { crc32 } from 'node:zlib';
import { type ZlibStream, zlibStream } from './zlib-stream.js';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const TRUECOLOUR = 2;
const TRUECOLOUR_WITH_ALPHA = 6;
const BITS_PER_CHANNEL = 8;

/** What a PNG file says of its pixels. */
interface Shape {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
}

/**
 * Wraps raw RGB or RGBA pixels in a PNG file (PNG specification, third edition). They come in strips of whole rows, each
 * of which is only looked at until the next is asked for.
 */
export async function encodePng(
  shape: Shape,
  strips: Iterable<Uint8Array>,
  compress: ZlibStream = zlibStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const data = await compress(scanlinesOf(shape, strips));
  return concatenate([SIGNATURE, chunk('IHDR', header(shape)), chunk('IDAT', ...data), chunk('IEND')]);
}

/** Each row is led by its filter type; 0 means as is. Filtering would cost more here than it saves. */
function* scanlinesOf({ width, height, alpha }: Shape, strips: Iterable<Uint8Array>): Generator<Uint8Array> {
  const stride = width * (alpha ? 4 : 3);
  let memory = new Uint8Array();
  let bytes = 0;
  for (const pixels of strips) {
    bytes += pixels.length;
    const rows = Math.ceil(pixels.length / stride);
    if (memory.length < rows * (stride + 1)) memory = new Uint8Array(rows * (stride + 1));
    for (let y = 0; y < rows; y++) {
      memory.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
    }
    yield memory.subarray(0, rows * (stride + 1));
  }
  if (bytes !== stride * height) {
    throw new RangeError(`A ${width}x${height} picture has ${stride * height} bytes of pixels, not ${bytes}`);
  }
}

/** Compression, filter and interlace method stay 0, the only or plainest choice. */
function header({ width, height, alpha }: Shape): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, BITS_PER_CHANNEL);
  view.setUint8(9, alpha ? TRUECOLOUR_WITH_ALPHA : TRUECOLOUR);
  return bytes;
}

function bigEndian(word: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, word);
  return bytes;
}

/** Length, type, data and a checksum over type and data. */
function chunk(type: string, ...data: readonly Uint8Array[]): Uint8Array {
  const body = concatenate([new TextEncoder().encode(type), ...data]);
  return concatenate([bigEndian(body.length - 4), body, bigEndian(crc32(body))]);
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
