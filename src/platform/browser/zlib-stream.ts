/** The same as `mocks/images/zlib-stream.ts` by the browser's own stream. The level is its choice. */
export async function zlibStream(pieces: Iterable<Uint8Array>): Promise<Uint8Array[]> {
  const stream = new CompressionStream('deflate');
  const whole = new Response(stream.readable).arrayBuffer();
  const writer = stream.writable.getWriter();
  // A copy: the stream may look at a piece after the next one was asked for.
  for (const piece of pieces) await writer.write(piece.slice());
  await writer.close();
  return [new Uint8Array(await whole)];
}
