import { hash32 } from '../../src/platform/random.js';
import type { Upload } from '../uploads.js';
import type { VendorMock } from '../vendor-mock.js';

/** What makes two uploads the same one, so that the k-th of them gets the k-th id. */
export function uploadHash(accountKey: string, bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return hash32('upload', accountKey, text);
}

/** Takes a file in. Where the mock keeps its state, the file is on the disk when the promise resolves. */
export async function keepUpload(mock: VendorMock, upload: Upload): Promise<void> {
  const gone = mock.uploads.add(upload);
  const { recorder } = mock;
  if (recorder === undefined) return;
  await Promise.all([recorder.upload(mock, upload), ...gone.map((id) => recorder.uploadRemoved(mock, id))]);
}
