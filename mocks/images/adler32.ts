const LARGEST_PRIME = 65_521;
/** So many bytes can be summed up before a sum outgrows the 31 bits of a small whole number. */
const MOST_AT_ONCE = 3800;

/** The checksum at the end of a zlib stream (RFC 1950), of these bytes behind those that `before` is of. */
export function adler32(bytes: Uint8Array = new Uint8Array(), before = 1): number {
  let low = before & 0xffff;
  let high = before >>> 16;
  for (let start = 0; start < bytes.length; start += MOST_AT_ONCE) {
    const end = Math.min(bytes.length, start + MOST_AT_ONCE);
    for (let at = start; at < end; at += 1) {
      low = (low + (bytes[at] as number)) | 0;
      high = (high + low) | 0;
    }
    low %= LARGEST_PRIME;
    high %= LARGEST_PRIME;
  }
  return ((high << 16) | low) >>> 0;
}
