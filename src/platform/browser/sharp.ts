/** The few things that the mock asks of its image library, done by the browser's canvas. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    filter: string;
    putImageData(data: object, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
    drawImage(image: object, x: number, y: number): void;
  };
  convertToBlob(options: { type: string; quality?: number }): Promise<Blob>;
}
// The types of this project are those of a server.
declare const OffscreenCanvas: new (width: number, height: number) => Canvas;
declare const ImageData: new (data: Uint8ClampedArray, width: number, height: number) => object;
declare function createImageBitmap(blob: Blob): Promise<{ readonly width: number; readonly height: number }>;

interface Raw {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

function painted(pixels: Uint8Array, { width, height, channels }: Raw): Canvas {
  const canvas = new OffscreenCanvas(width, height);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1)
    for (let channel = 0; channel < channels; channel += 1)
      rgba[4 * at + channel] = pixels[channels * at + channel] ?? 0;
  canvas.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}

async function decoded(bytes: Uint8Array, filter = 'none'): Promise<Canvas> {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.filter = filter;
  context.drawImage(image, 0, 0);
  return canvas;
}

/** A PNG says in its header what its pixels can have. */
function hasAlpha(bytes: Uint8Array, canvas: Canvas): boolean {
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  if (isPng) return bytes[25] === 4 || bytes[25] === 6;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, index) => index % 4 === 3 && value < 255);
}

export default function sharp(bytes: Uint8Array, options: { raw?: Raw } = {}) {
  const { raw } = options;
  let type = 'image/png';
  let quality: number | undefined;
  let filter: string | undefined;
  const image = {
    jpeg: (wish: { quality: number }) => lossy('image/jpeg', wish),
    webp: (wish: { quality: number }) => lossy('image/webp', wish),
    blur(sigma: number) {
      filter = `blur(${sigma}px)`;
      return image;
    },
    async metadata() {
      const canvas = await decoded(bytes);
      return { width: canvas.width, height: canvas.height, hasAlpha: hasAlpha(bytes, canvas) };
    },
    async toBuffer(): Promise<Uint8Array> {
      const canvas = raw === undefined ? await decoded(bytes, filter) : painted(bytes, raw);
      const blob = await canvas.convertToBlob({ type, ...(quality === undefined ? {} : { quality }) });
      return new Uint8Array(await blob.arrayBuffer());
    },
  };
  const lossy = (as: string, wish: { quality: number }) => {
    type = as;
    quality = wish.quality / 100;
    return image;
  };
  return image;
}
