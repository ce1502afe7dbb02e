/** What the mock needs of Node's Buffer, where there is none: bytes from text and text from bytes. */
type Encoding = 'utf8' | 'latin1' | 'base64';

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();
/** More arguments at once are too many for some engines. */
const mostCharacters = 0x8000;

function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += mostCharacters)
    text += String.fromCharCode(...bytes.subarray(at, at + mostCharacters));
  return text;
}

function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function bytesOf(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf8') return utf8.encode(text) as Uint8Array<ArrayBuffer>;
  return latin1Bytes(encoding === 'latin1' ? text : atob(text.replaceAll('-', '+').replaceAll('_', '/')));
}

/** Bytes that can be written as text. */
class ByteText extends Uint8Array<ArrayBuffer> {
  static override from(...[source, second, length]: readonly unknown[]): ByteText {
    const bytes =
      typeof source === 'string'
        ? bytesOf(source, (second as Encoding | undefined) ?? 'utf8')
        : source instanceof ArrayBuffer
          ? new Uint8Array(source.slice(Number(second ?? 0), Number(second ?? 0) + Number(length ?? source.byteLength)))
          : new Uint8Array(source as Uint8Array);
    return new ByteText(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  static byteLength(value: string | Uint8Array): number {
    return typeof value === 'string' ? utf8.encode(value).byteLength : value.byteLength;
  }

  static allocUnsafeSlow(size: number): ByteText {
    return new ByteText(new ArrayBuffer(size));
  }

  static isBuffer(value: unknown): value is ByteText {
    return value instanceof ByteText;
  }

  /** Answers how many bytes were copied. */
  copy(target: Uint8Array, at = 0, start = 0, end = this.length): number {
    const part = this.subarray(start, Math.min(end, start + target.length - at));
    target.set(part, at);
    return part.length;
  }

  /** Answers how many bytes were written. */
  write(text: string, at = 0): number {
    return utf8.encodeInto(text, this.subarray(at)).written;
  }

  override toString(encoding: Encoding = 'utf8', start = 0, end = this.length): string {
    const part = this.subarray(start, end);
    if (encoding === 'utf8') return fromUtf8.decode(part);
    return encoding === 'latin1' ? latin1Text(part) : btoa(latin1Text(part));
  }
}

export { ByteText as Buffer };
