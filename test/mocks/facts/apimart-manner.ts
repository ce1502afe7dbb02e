/** How apimart is spoken to. */
import sharp from 'sharp';
import { expect } from 'vitest';
import type { Manner, VendorWay } from './vendor-way.js';

export const manner: Manner = {
  vendor: 'apimart',
  submit: '/v1/images/generations',
  legal: { model: 'gpt-image-1-official', prompt: 'A lake' },
  id: ({ data }) => data[0].task_id,
  poll: (id) => `/v1/tasks/${id}`,
  results: ({ data }) => data.result.images.flatMap(({ url }: { url: string[] }) => url),
  callback: 'webhook',
  several: { n: 4 },
  costs: ({ final }) => [final.data.cost],
};
export const hour = 3_600_000;
export const error = (code: number, type: string) => ({ error: { code, type, message: expect.any(String) } });
export const countOf = async (way: VendorWay, change: object) => (await way.pictures(change)).length;

export async function upload(way: VendorWay, width: number, height: number, channels: 3 | 4) {
  const background = { r: 0, g: 90, b: 90, alpha: 0.5 };
  const bytes = await sharp({ create: { width, height, channels, background } }).png().toBuffer();
  const body = new FormData();
  body.append('file', new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
  return (await way.raw('POST', '/v1/uploads/images', { body })).body as { url: string; bytes: number };
}
