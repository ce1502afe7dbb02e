import type { VendorMock } from '../vendor-mock.js';
import { filesFolder, serveFile } from './results.js';
import { serveUpload, uploadsFolder } from './upload.js';

/** The bytes behind an address of this mock: an upload, or a picture that it has delivered. */
export function ownFile(
  mock: VendorMock,
  origin: string,
  address: string,
): Promise<Uint8Array | undefined> | undefined {
  const root = `${origin}${mock.root}`;
  if (!address.startsWith(`${root}/`)) return undefined;
  const path = address.slice(root.length).replace(/[?#].*$/s, '');
  const serve = path.startsWith(uploadsFolder) ? serveUpload : path.startsWith(filesFolder) ? serveFile : undefined;
  if (serve === undefined) return undefined;
  return Promise.resolve(serve(mock, path)).then(({ status, body }) =>
    status === 200 && typeof body !== 'string' ? body : undefined,
  );
}
