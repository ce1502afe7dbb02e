import type { AsyncTask } from '../../src/contract/async-task.js';
import { getAt, type Json } from '../../src/core/pointer.js';

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
}

/** What an address of this mock itself serves; undefined where it is none or serves nothing. */
export type OwnFile = (address: string) => Promise<Uint8Array | undefined> | undefined;

function bytesOf(address: unknown, own: OwnFile): Promise<Uint8Array | undefined> | undefined {
  if (typeof address !== 'string') return undefined;
  const [, base64, data] = /^data:[^,]*?(;base64)?,(.*)$/is.exec(address) ?? [];
  if (data === undefined) return own(address);
  return Promise.resolve(
    base64 === undefined ? Buffer.from(decodeURIComponent(data), 'latin1') : Buffer.from(data, 'base64'),
  );
}

async function look(bytes: Uint8Array): Promise<Seen | undefined> {
  try {
    // Loaded with the first mask: a native library that most mocks never need.
    const { default: sharp } = await import('sharp');
    const { width, height, hasAlpha } = await sharp(bytes, { limitInputPixels: 100_000_000 }).metadata();
    return { width, height, alpha: hasAlpha };
  } catch {
    return undefined;
  }
}

type Bytes = Promise<Uint8Array | undefined>;

async function problemWith(rule: NonNullable<AsyncTask['mask']>, sent: Bytes, firstSent: Bytes | undefined) {
  const bytes = await sent;
  if (bytes === undefined) return undefined;
  const mask = await look(bytes);
  if (mask === undefined) return 'is not a picture that can be read';
  if (rule.alpha && !mask.alpha) return 'has no alpha channel';
  const first = rule.sizeOfFirstReference ? await firstSent : undefined;
  const reference = first === undefined ? undefined : await look(first);
  if (reference !== undefined && (reference.width !== mask.width || reference.height !== mask.height))
    return `is ${mask.width}x${mask.height}, the first picture is ${reference.width}x${reference.height}`;
  return undefined;
}

/**
 * What is wrong with the mask of a request, as the end of a sentence. Only data URIs, uploads and files of the mock's own
 * are looked into: a mock never fetches what a request points to. Undefined at once where there is nothing to look into.
 */
export function maskProblem(task: AsyncTask, body: Json, own: OwnFile): Promise<string | undefined> | undefined {
  const { mask: rule, request } = task;
  if (rule === undefined || request.mask === undefined) return undefined;
  try {
    const mask = bytesOf(getAt(body, request.mask), own);
    if (mask === undefined) return undefined;
    const references = request.references === undefined ? undefined : getAt(body, request.references);
    return problemWith(rule, mask, bytesOf(Array.isArray(references) ? references[0] : references, own));
  } catch {
    return Promise.resolve('is not a data URI that can be read');
  }
}
