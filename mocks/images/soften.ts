/** A preview of a finished picture: the same file format, blurred; 0 leaves it as it is. */
export async function soften(picture: Uint8Array, sigma: number): Promise<Uint8Array> {
  if (sigma <= 0) return picture;
  const { default: sharp } = await import('sharp');
  return sharp(picture).blur(sigma).toBuffer();
}
