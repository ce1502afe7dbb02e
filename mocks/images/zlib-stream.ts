import { promisify } from 'node:util';
import { constants, deflateRaw, type ZlibOptions } from 'node:zlib';
import { adler32 } from './adler32.js';

/** Makes one zlib stream (RFC 1950) of pieces, each of which is only looked at until the next is asked for. */
export type ZlibStream = (pieces: Iterable<Uint8Array>) => Promise<Uint8Array[]>;

/** Makes raw DEFLATE blocks of the bytes. */
type Deflate = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array> | Uint8Array;

const deflateAside: Deflate = promisify(deflateRaw);

/** The fastest level: a mock is asked for many pictures, and nobody archives them. */
const options: ZlibOptions = { level: 1, finishFlush: constants.Z_SYNC_FLUSH };
/** How a stream begins that says so. */
const head = Uint8Array.of(0x78, 0x01);
/** An empty block that says that it is the last. */
const lastBlock = Uint8Array.of(0x03, 0x00);

/** Compresses each piece for itself, off the event loop unless it is told of another way. */
export async function zlibStream(pieces: Iterable<Uint8Array>, deflate: Deflate = deflateAside): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [head];
  let sum = adler32();
  for (const piece of pieces) {
    sum = adler32(piece, sum);
    parts.push(await deflate(piece, options));
  }
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, sum);
  return [...parts, lastBlock, tail];
}
