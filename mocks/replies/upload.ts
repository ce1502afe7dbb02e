import { renderSide, type SideEndpoint } from '../../src/contract/side-endpoint.js';
import { parseDuration } from '../../src/core/duration.js';
import { createRng } from '../../src/platform/random.js';
import type { Account } from '../accounts.js';
import { imageTypeOf } from '../admission/image-type.js';
import { type EngineReply, type EngineRequest, jsonReply } from '../message.js';
import { namespaceQuery } from '../namespaces.js';
import { keepUpload, uploadHash } from '../state/keep-upload.js';
import type { VendorMock } from '../vendor-mock.js';
import { errorReply } from './error-reply.js';

/** The folder under a vendor's root from which uploaded files are served. */
export const uploadsFolder = '/__uploads/';

function uploadId(mock: VendorMock, account: Account, bytes: Uint8Array): string {
  const what = uploadHash(account.key, bytes);
  for (;;) {
    const occurrence = mock.occurrences.next(what);
    const id = createRng(mock.seed, 'upload', what, occurrence).text('0123456789abcdefghijklmnopqrstuvwxyz', 24);
    if (mock.uploads.get(id) === undefined) return id;
  }
}

async function readFile(request: EngineRequest, field: string): Promise<File | undefined> {
  const type = request.headers['content-type'] ?? '';
  try {
    const form = await new Response(new Uint8Array(request.body ?? []), {
      headers: { 'content-type': type },
    }).formData();
    const file = form.get(field);
    return file instanceof File ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Takes one picture in and tells where it can be fetched for a while. */
export async function takeUpload(
  mock: VendorMock,
  side: SideEndpoint,
  account: Account,
  request: EngineRequest,
): Promise<EngineReply> {
  const { task } = mock;
  const rule = side.upload;
  if (rule === undefined) return errorReply(task, 'notFound', 'Nothing can be uploaded here');
  const param = rule.field;
  const file = await readFile(request, param);
  if (file === undefined)
    return errorReply(task, 'invalidRequest', `Send a multipart form with the file in the part '${param}'`, { param });
  if (file.size > rule.maxBytes)
    return errorReply(task, 'bodyTooLarge', `The file has ${file.size} bytes, at most ${rule.maxBytes} are taken`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = imageTypeOf(bytes);
  if (type === undefined || !rule.types.includes(type))
    return errorReply(task, 'invalidRequest', `'${param}' is none of ${rule.types.join(', ')}`, { param });
  const now = mock.clock.now();
  const id = uploadId(mock, account, bytes);
  const expiresAt = now + parseDuration(rule.lifetime);
  await keepUpload(mock, { id, bytes, type, accountKey: account.key, createdAt: now, expiresAt });
  return jsonReply(
    200,
    renderSide(side.answer, {
      'file.url': `${request.origin}${mock.root}${uploadsFolder}${id}.${type.slice('image/'.length)}${namespaceQuery(mock)}`,
      'file.name': file.name,
      'file.type': type,
      'file.bytes': bytes.byteLength,
      'file.createdAt': now,
    }),
  );
}

/** Answers a download of an uploaded file. */
export function serveUpload(mock: VendorMock, path: string): EngineReply {
  const [, id = ''] = /^\/__uploads\/([a-z0-9]{1,40})\.[a-z]{3,4}$/.exec(path) ?? [];
  const found = mock.uploads.get(id);
  if (found === undefined) return jsonReply(404, { error: 'There is no such file' });
  if (mock.clock.now() >= found.expiresAt) return jsonReply(410, { error: 'This file has expired' });
  return {
    status: 200,
    headers: { 'content-type': found.type, 'cache-control': 'private, max-age=3600' },
    body: found.bytes,
  };
}
