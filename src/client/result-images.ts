import { placeOf } from '../contract/answer-shape.js';
import type { AnswerShape } from '../contract/async-task.js';
import type { TaskResult, TaskView } from '../core/task.js';
import { type ClientContext, REQUEST_TIMEOUT_MS } from './client-context.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { VendorRefusedError } from './errors/vendor-refused-error.js';
import { fetchFile } from './fetch-file.js';
import type { GeneratedImage } from './generation-result.js';
import { type ImageHeader, readImageHeader } from './image-header.js';
import { BodyTooLargeError, MAX_IMAGE_BYTES, readBytes } from './read-body.js';
import { within } from './time-limit.js';

async function download(context: ClientContext, url: string, signal?: AbortSignal): Promise<Uint8Array> {
  return within(context.clock, REQUEST_TIMEOUT_MS, signal, async (inner) => {
    const response = await fetchFile(context, url, inner);
    const { status } = response;
    if (!response.ok) {
      await response.body?.cancel();
      throw new VendorRefusedError(`The result at ${new URL(url).host} answers ${status}`, { status });
    }
    try {
      return await readBytes(response, MAX_IMAGE_BYTES);
    } catch (error) {
      throw error instanceof BodyTooLargeError ? new ContractBrokenError('', `a result: ${error.message}`) : error;
    }
  });
}

function decode(b64: string, pointer: string): Uint8Array {
  const text = b64.replace(/^data:[^,]*;base64,/, '');
  const bytes = Buffer.from(text, 'base64');
  // The platform's decoder skips what it does not know; an image that lost bytes is worse than none.
  if (bytes.byteLength === 0 || !/^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/.test(text))
    throw new ContractBrokenError(pointer, 'the image is no base64');
  if (bytes.byteLength > MAX_IMAGE_BYTES) throw new ContractBrokenError(pointer, 'the image is larger than 64 MiB');
  return bytes;
}

interface Reading {
  readonly signal?: AbortSignal;
}

function measure(bytes: Uint8Array, pointer: string, taskId: string | undefined): ImageHeader {
  const header = readImageHeader(bytes);
  if (header === undefined) throw new ContractBrokenError(pointer, 'the file is no PNG, JPEG or WebP', taskId);
  return header;
}

function isFetchable(url: unknown): url is string {
  return typeof url === 'string' && URL.canParse(url) && /^(https?|data):$/.test(new URL(url).protocol);
}

/** The images that a successful answer tells of. Throws a `ContractBrokenError` where there are none. */
export function resultImages(
  context: ClientContext,
  shape: AnswerShape,
  view: TaskView,
  format: string | undefined,
  taskId?: string,
): readonly [GeneratedImage, ...GeneratedImage[]] {
  const place = placeOf(shape, 'result.url') || placeOf(shape, 'result.b64');
  const [first, ...others] = view.results.map(({ url, b64, expiresAt }: TaskResult, index): GeneratedImage => {
    const at = place.replace('*', String(index));
    const facts = {
      ...(format === undefined ? {} : { format }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    if (isFetchable(url)) {
      const bytes = (options?: Reading) => download(context, url, options?.signal);
      return { ...facts, url, bytes, measure: async (options) => measure(await bytes(options), at, taskId) };
    }
    if (typeof b64 === 'string') {
      const bytes = async () => decode(b64, at);
      return { ...facts, bytes, measure: async () => measure(await bytes(), at, taskId) };
    }
    throw new ContractBrokenError(at, 'a result is neither an http address nor an image', taskId);
  });
  if (first === undefined) throw new ContractBrokenError(place, 'success without a result', taskId);
  return [first, ...others];
}
