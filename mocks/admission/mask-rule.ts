import type { AsyncTask } from '../../src/contract/async-task.js';
import { getAt, type Json } from '../../src/core/pointer.js';

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
}

function bytesOf(address: unknown): Buffer | undefined {
  const match = typeof address === 'string' ? /^data:[^,]*?(;base64)?,(.*)$/is.exec(address) : null;
  const [, base64, data] = match ?? [];
  if (data === undefined) return undefined;
  return base64 === undefined ? Buffer.from(decodeURIComponent(data), 'latin1') : Buffer.from(data, 'base64');
}

async function look(bytes: Buffer): Promise<Seen | undefined> {
  // Loaded with the first mask: it brings a native library, which most mocks never need.
  const { default: sharp } = await import('sharp');
  try {
    const { width, height, hasAlpha } = await sharp(bytes, { limitInputPixels: 100_000_000 }).metadata();
    return { width, height, alpha: hasAlpha };
  } catch {
    return undefined;
  }
}

async function problemWith(rule: NonNullable<AsyncTask['mask']>, bytes: Buffer, first: Buffer | undefined) {
  const mask = await look(bytes);
  if (mask === undefined) return 'is not a picture that can be read';
  if (rule.alpha && !mask.alpha) return 'has no alpha channel';
  const reference = first === undefined || !rule.sizeOfFirstReference ? undefined : await look(first);
  if (reference !== undefined && (reference.width !== mask.width || reference.height !== mask.height))
    return `is ${mask.width}x${mask.height}, the first picture is ${reference.width}x${reference.height}`;
  return undefined;
}

/**
 * What is wrong with the mask of a request, as the end of a sentence. Only data URIs are looked into: a mock never
 * fetches what a request points to. Undefined at once where there is nothing to look into.
 */
export function maskProblem(task: AsyncTask, body: Json): Promise<string | undefined> | undefined {
  const { mask: rule, request } = task;
  if (rule === undefined || request.mask === undefined) return undefined;
  try {
    const bytes = bytesOf(getAt(body, request.mask));
    if (bytes === undefined) return undefined;
    const references = request.references === undefined ? undefined : getAt(body, request.references);
    return problemWith(rule, bytes, bytesOf(Array.isArray(references) ? references[0] : references));
  } catch {
    return Promise.resolve('is not a data URI that can be read');
  }
}
