import { z } from 'zod';
import type { Upload } from '../uploads.js';
import type { VendorMock } from '../vendor-mock.js';
import { uploadHash } from './keep-upload.js';
import { accountHash, accountOf } from './task-record.js';

/** An uploaded file as it is written down; its bytes stand elsewhere. */
export const uploadRecordSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{1,40}$/),
  type: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  account: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type UploadRecord = z.output<typeof uploadRecordSchema>;

export function toUploadRecord({ bytes: _, accountKey, ...rest }: Upload) {
  return { ...rest, account: accountHash(accountKey) };
}

/** Puts a written file back. Undefined where its account does not exist here. */
export function restoreUpload(mock: VendorMock, record: UploadRecord, bytes: Uint8Array): Upload | undefined {
  const { account: hash, ...rest } = record;
  const account = accountOf(mock, hash);
  if (account === undefined) return undefined;
  const upload: Upload = { ...rest, bytes, accountKey: account.key };
  const what = uploadHash(account.key, bytes);
  mock.uploads.add(upload);
  mock.occurrences.next(what);
  return upload;
}
