function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  return (
    Buffer.from(
      bytes.buffer,
      bytes.byteOffset + at,
      Math.min(text.length, Math.max(0, bytes.byteLength - at)),
    ).toString('latin1') === text
  );
}

/** The media type that the first bytes of a picture tell; what a client calls the file is not believed. */
export function imageTypeOf(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | undefined {
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'image/webp';
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'image/gif';
  return undefined;
}
