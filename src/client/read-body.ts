/** An answer whose body is larger than we are willing to hold. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

const MIB = 1024 * 1024;

/** Ten images in base64 fit into it. */
const MAX_JSON_BYTES = 256 * MIB;
export const MAX_IMAGE_BYTES = 64 * MIB;

/** The whole body, or a `BodyTooLargeError` as soon as it goes past the limit. */
export async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new BodyTooLargeError(`the body is larger than ${maxBytes / MIB} MiB`);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The body as parsed JSON; undefined where it is none. */
export async function readJson(response: Response): Promise<unknown> {
  const bytes = await readBytes(response, MAX_JSON_BYTES);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
