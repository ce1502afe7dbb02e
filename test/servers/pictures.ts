/** Picture files of one colour, made without any code of the project: PNG by hand, the others by an encoder. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

export type Format = 'png' | 'jpeg' | 'webp';

function chunk(name: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}

function png(width: number, height: number, alpha: boolean, green: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = alpha ? 6 : 2;
  const pixel = alpha ? [40, green, 90, 0] : [40, green, 90];
  const row = Buffer.alloc(1 + width * pixel.length);
  for (let at = 1; at < row.length; at += 1) row[at] = pixel[(at - 1) % pixel.length] ?? 0;
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const end = chunk('IEND', Buffer.alloc(0));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 1 })), end]);
}

async function encode(
  width: number,
  height: number,
  format: Format,
  alpha: boolean,
  green: number,
): Promise<Uint8Array> {
  if (format === 'png') return png(width, height, alpha, green);
  const background = { r: 40, g: green, b: 90, alpha: alpha ? 0.4 : 1 };
  const image = sharp({ create: { width, height, channels: alpha ? 4 : 3, background } });
  return format === 'jpeg' ? image.jpeg().toBuffer() : image.webp().toBuffer();
}

const kept = new Map<string, Promise<Uint8Array>>();

/** A whole file; each is made once. The images of one task differ by their shade. */
export function picture(
  width: number,
  height: number,
  format: Format,
  alpha: boolean,
  index: number,
): Promise<Uint8Array> {
  const name = `${width}x${height}.${format}.${alpha}.${index}`;
  const known = kept.get(name) ?? encode(width, height, format, alpha, 120 + (index % 16) * 8);
  kept.set(name, known);
  return known;
}
