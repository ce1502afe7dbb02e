import { fetchTransport } from '../platform/transport.js';
import { type ClientContext, send } from './client-context.js';

/**
 * Asks for a picture, never with the key: pictures live on other hosts than the vendor's API. A data URI needs no
 * network, so the platform reads it whatever the client's transport is.
 */
export function fetchFile(context: ClientContext, url: string, signal: AbortSignal): Promise<Response> {
  const request = new Request(url, { signal });
  return /^data:/i.test(url) ? fetchTransport(request) : send(context, request);
}
