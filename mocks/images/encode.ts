import { paint, paintStrips } from './paint.js';
import type { PictureSpec } from './picture.js';
import { encodePng } from './png.js';
import type { ZlibStream } from './zlib-stream.js';

const USUAL_QUALITY = 80;

/** The complete image file for a spec. The caller's format rules: a JPEG is opaque even where alpha is asked for. */
export async function encodePicture(spec: PictureSpec, compress?: ZlibStream): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, format } = spec;
  if (format === 'png') {
    return encodePng(spec, paintStrips(spec), compress);
  }
  const alpha = spec.alpha && format !== 'jpeg';
  const quality = qualityOf(spec);
  // Loaded on the first lossy picture: it brings a native library, which a mock serving JSON or PNG never needs.
  const { default: sharp } = await import('sharp');
  const image = sharp(paint({ ...spec, alpha }), { raw: { width, height, channels: alpha ? 4 : 3 } });
  const encoder = format === 'jpeg' ? image.jpeg({ quality }) : image.webp({ quality, effort: 0 });
  // A plain array over memory of its own, as from the PNG writer, so that it fits a Response without a cast.
  return new Uint8Array(await encoder.toBuffer());
}

/** Services accept 0, the encoders start at 1. */
function qualityOf({ compression = USUAL_QUALITY }: PictureSpec): number {
  return Math.min(100, Math.max(1, Math.round(compression)));
}
