import type { PictureSpec } from '../images/picture.js';
import { type EngineReply, jsonReply } from '../message.js';
import { namespaceQuery } from '../namespaces.js';
import type { StoredTask } from '../store.js';
import { throughFaults, type VendorMock } from '../vendor-mock.js';

/** The folder under a vendor's root from which delivered files are served. */
export const filesFolder = '/__files/';

const mediaTypes = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' } as const;

export function resultUrl(mock: VendorMock, stored: StoredTask, index: number, origin: string): string {
  return `${origin}${mock.root}${filesFolder}${stored.id}/${index}.${stored.request.format}${namespaceQuery(mock)}`;
}

/** The picture of a task: it tells a person what was asked for. */
export function pictureOf(mock: VendorMock, stored: StoredTask, index: number): PictureSpec {
  const { request, plan } = stored;
  const title = [request.model ?? mock.contract.id, `${request.width}x${request.height}`, request.format].join('  ');
  const spec: PictureSpec = {
    width: request.width,
    height: request.height,
    format: request.format,
    alpha: request.alpha,
    seed: `${plan.seed}/${index}`,
    lines: [request.prompt, title, `seed ${plan.seed}  image ${index + 1} of ${request.count}`],
    ...(request.compression === undefined ? {} : { compression: request.compression }),
  };
  return throughFaults(mock, spec, (at, { fault }) => fault.picture?.(at) ?? at, stored.id);
}

/** Answers a download. An Authorization header is neither needed nor minded. */
export async function serveFile(mock: VendorMock, path: string): Promise<EngineReply> {
  const match = /^\/__files\/([^/]+)\/(\d{1,2})\.(?:png|jpeg|webp)$/.exec(path);
  const stored = match?.[1] === undefined ? undefined : mock.store.get(match[1]);
  const index = Number(match?.[2]);
  const now = mock.clock.now();
  if (
    stored === undefined ||
    index >= stored.request.count ||
    stored.plan.outcome !== 'succeeded' ||
    now < stored.plan.endedAt
  )
    return jsonReply(404, { error: 'There is no such file' });
  if (now >= stored.plan.endedAt + mock.resultLifetimeMs) return jsonReply(410, { error: 'This file has expired' });
  const spec = pictureOf(mock, stored, index);
  const reply: EngineReply = {
    status: 200,
    headers: { 'content-type': mediaTypes[spec.format], 'cache-control': 'private, max-age=3600' },
    body: await mock.pictures.get(spec),
  };
  const ageMs = now - stored.plan.endedAt;
  return throughFaults(mock, reply, (at, { fault, argument }) => fault.file?.(at, ageMs, argument) ?? at, stored.id);
}
