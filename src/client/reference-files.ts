import type { SubmitOperation } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { getAt, type Json, pointerTokens } from '../core/pointer.js';
import { type ClientContext, REQUEST_TIMEOUT_MS } from './client-context.js';
import { fetchFile } from './fetch-file.js';
import { MAX_IMAGE_BYTES, readBytes } from './read-body.js';
import { failureReason } from './send-failure.js';
import { within } from './time-limit.js';

async function load(context: ClientContext, url: string, name: string, signal?: AbortSignal): Promise<File> {
  const shown = url.length > 100 ? `${url.slice(0, 100)}…` : url;
  if (!/^(https?|data):/i.test(url) || !URL.canParse(url))
    throw new UsageError(`The picture ${JSON.stringify(shown)} must be an http, https or data URL: its bytes are sent`);
  try {
    return await within(context.clock, REQUEST_TIMEOUT_MS, signal, async (inner) => {
      const response = await fetchFile(context, url, inner);
      if (!response.ok) throw new Error(`it answers ${response.status}`);
      const bytes = await readBytes(response, MAX_IMAGE_BYTES);
      const type = response.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream';
      return new File([bytes], `${name}.${type.split('/')[1] ?? 'bin'}`, { type });
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UsageError(`The picture ${JSON.stringify(shown)} cannot be read: ${failureReason(error)}`);
  }
}

/**
 * The body of a multipart request: every picture that it names by URL is fetched (without the key) and put in its
 * place. Throws a `UsageError` for a picture that cannot be read; nothing was sent to the vendor then.
 */
export async function withFiles(
  context: ClientContext,
  { task }: SubmitOperation,
  body: Readonly<Record<string, Json>>,
  signal?: AbortSignal,
): Promise<Record<string, unknown>> {
  const filled: Record<string, unknown> = { ...body };
  for (const role of ['references', 'mask'] as const) {
    const place = task.request[role];
    const value = place === undefined ? undefined : getAt(body, place);
    const [name] = place === undefined ? [] : pointerTokens(place);
    if (name === undefined || value === undefined) continue;
    const urls = (Array.isArray(value) ? value : [value]).map(String);
    filled[name] = await Promise.all(urls.map((url, index) => load(context, url, `${name}-${index + 1}`, signal)));
  }
  return filled;
}
