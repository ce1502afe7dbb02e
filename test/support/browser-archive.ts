import type { VirtualClock } from '../../src/platform/virtual-clock.js';

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: object;
  readonly response: object;
}

const pairs = (headers: Headers) => [...headers].map(([name, value]) => ({ name, value }));

/** A fetch that writes down what passes, in the format in which browsers save their network tab. */
export function archivingFetch(send: (request: Request) => Promise<Response>, clock: VirtualClock) {
  const entries: Entry[] = [];
  return {
    archive: () => JSON.stringify({ log: { version: '1.2', creator: { name: 'browser', version: '1' }, entries } }),
    async fetch(url: string, init: RequestInit = {}): Promise<Response> {
      const request = new Request(url, init);
      const started = clock.now();
      const text = await request.clone().text();
      const response = await clock.run(() => send(request));
      const bytes = Buffer.from(await response.clone().arrayBuffer());
      const mimeType = response.headers.get('content-type') ?? '';
      const content = /json|text/.test(mimeType)
        ? { size: bytes.length, mimeType, text: bytes.toString('utf8') }
        : { size: bytes.length, mimeType, text: bytes.toString('base64'), encoding: 'base64' };
      entries.push({
        startedDateTime: new Date(started).toISOString(),
        time: clock.now() - started,
        request: {
          method: request.method,
          url,
          headers: pairs(request.headers),
          ...(text === '' ? {} : { postData: { mimeType: request.headers.get('content-type') ?? '', text } }),
        },
        response: { status: response.status, headers: pairs(response.headers), content },
      });
      return response;
    },
  };
}
