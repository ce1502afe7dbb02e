/** A stream: previews while the picture is being made, then the picture. */
import { imageClient, StreamFailedError, StreamStalledError } from 'proofsheet/client';
import { openTarget, save } from './target.js';

const { baseUrl, close } = await openTarget('apigo');
const client = await imageClient('apigo', { baseUrl });

try {
  const events = client.stream(
    { prompt: 'A cat in a garden', partialImages: 2, format: 'webp', extra: { output_compression: 70 } },
    { signal: AbortSignal.timeout(120_000), stallMs: 30_000 },
  );
  for await (const event of events) {
    const path = await save(`cat-${event.type}-${event.index}.${event.format}`, event.bytes);
    console.log(`${event.type} ${event.index}: ${path}`);
    if (event.type === 'completed') console.log(`${event.usage?.total} tokens`);
  }
} catch (error) {
  if (error instanceof StreamFailedError) console.error(`the vendor gave up: ${error.code} ${error.reason}`);
  else if (error instanceof StreamStalledError) console.error(`nothing came for ${error.limitMs} ms`);
  else throw error;
}
await close();
